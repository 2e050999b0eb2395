migration('syntax') {
  sites { sites 22 

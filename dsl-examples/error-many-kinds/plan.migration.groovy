// Words, types, units and ranges are told in one pass.
migration('many-kinds') {
  descripton 'Weekly'
  environment('dev') { mysql { host 5; schema 'wp_dev'; user 'wfumig'; password 'clear' } }
  backup { keepTables 7.dys }
  sites { sites 1..3000000 }
  notify { }
}

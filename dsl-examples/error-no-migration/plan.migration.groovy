def name = 'nothing'

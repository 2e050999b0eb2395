migration('error-two-products') {
  environment('here')  { mysql { host 'localhost'; schema 'a'; user 'sync' } }
  environment('there') { embedded { postgres 17; database 'b' } }
  from 'here'
  to   'there'
  tables { include '*' }
}

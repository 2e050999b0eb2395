migration('error-ssl-words') {
  environment('local') { postgres { host 'localhost'; schema 'a'; user 'sync'; ssl verifed() } }
  environment('remote') { mysql { host 'localhost'; schema 'a'; user 'sync'; ssl verified { rootCertificates 'a.pem' } } }
  tables { missing commonColumns(); different 'refuse' }
  cutover { truncate() }
}

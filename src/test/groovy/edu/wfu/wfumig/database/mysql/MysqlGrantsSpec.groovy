package edu.wfu.wfumig.database.mysql

import edu.wfu.wfumig.database.Catalogue.Part
import spock.lang.Specification

class MysqlGrantsSpec extends Specification {
    def '#grants: missing to read #missing'() {
        expect:
        new MysqlGrants('u', grants).missing('wp_uat', Part.READ)*.replaceAll('GRANT (.*) ON .*', '$1') == missing

        where:
        grants                                                         | missing
        ['GRANT ALL PRIVILEGES ON *.* TO `u`@`%`']                     | []
        ['GRANT USAGE ON *.* TO `u`@`%`']                              | ['SELECT', 'SHOW VIEW', 'TRIGGER']
        ['GRANT SELECT, SHOW VIEW, TRIGGER ON `wp_uat`.* TO `u`@`%`']  | []
        ['GRANT SELECT, SHOW VIEW ON `wp\\_%`.* TO `u`@`%`']           | ['TRIGGER']
        ['GRANT ALL PRIVILEGES ON `other`.* TO `u`@`%`']               | ['SELECT', 'SHOW VIEW', 'TRIGGER']
        ['GRANT USAGE ON *.* TO `u`@`%`', 'GRANT `dba`@`%` TO `u`@`%`'] | []
    }

    def 'the line to type names privilege, schema and account'() {
        expect:
        new MysqlGrants("o'neil", []).missing('wp', Part.READ)[0] == "GRANT SELECT ON `wp`.* TO 'o''neil'"
    }

    def 'only a grant on everything creates schemas'() {
        expect:
        new MysqlGrants('u', grants).createsSchemas() == creates

        where:
        grants                                    || creates
        ['GRANT CREATE ON *.* TO `u`@`%`']        || true
        ['GRANT ALL PRIVILEGES ON `wp`.* TO `u`'] || false
    }
}

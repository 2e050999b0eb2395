package edu.wfu.wfumig.database

import edu.wfu.wfumig.support.Grounds
import edu.wfu.wfumig.support.TestServer

class StructureMariadbSpec extends MysqlStructureContract {
    @Override
    Grounds grounds(String schema) { Grounds.of(TestServer.embedded(), schema) }

    def 'of a large network the server looks into the tables of the one site alone'() {
        given:
        live.clear()
        live.run((1..80).collect { "CREATE TABLE wp_${it}_log (id int PRIMARY KEY, a int, KEY a (a));" }.join('\n'))
        def opened = { TestServer.embedded().rows("SHOW GLOBAL STATUS LIKE 'Opened_table_definitions'")[0][1] as int }

        when: 'nothing is open from before'
        live.run('FLUSH TABLES')
        def before = opened()
        def one = live.structure('wp_43_')
        def between = opened()
        def all = live.structure('wp_')

        then:
        one.names() == ['{prefix}log'] as Set
        between - before < 40
        all.names().size() == 80
        opened() - between >= 79
    }
}

package edu.wfu.wfumig.schema

import edu.wfu.wfumig.Refusal
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A folder of migrations is read whole, or refused with all that is wrong, each with its file, line and key. */
class DescriptionSpec extends Specification {
    @TempDir Path folder

    private void files(String... names) { names.each { Files.writeString(folder.resolve(it), 'SELECT 1;') } }

    private void description(String text) { Files.writeString(folder.resolve('version.json'), text) }

    private List<String> problems() {
        try {
            Description.read(folder)
            return []
        } catch (Refusal refusal) {
            assert refusal.kind() == Refusal.Kind.INVALID
            return refusal.problems().collect { it.toString().replace(folder.toString() + '/', '').readLines()[0] }
        }
    }

    def 'migrations come in the order of their ids, whatever the order in the file'() {
        given:
        files('001_first.sql', '001_first.down.sql', '002_second.sql')
        description('''{
            "002": {"version": "1.1", "name": "second", "file": "002_second.sql", "dependencies": ["001"], "backup": true},
            "001": {"version": "1", "name": "first", "file": "001_first.sql", "dependencies": [], "rollback": "001_first.down.sql"}
        }''')

        when:
        def read = Description.read(folder)

        then:
        read.migrations()*.title() == ['001 first', '002 second']
        read.migrations()*.backup() == [false, true]
        read.migrations()*.dependencies() == [[], ['001']]
        read.migrations()[0].rollback().fileName.toString() == '001_first.down.sql'
        read.migrations()[1].rollback() == null
        read.migrations()[1].at().line() == 2
    }

    def 'the checksum of a file is the same whatever ends its lines, and another for any other change'() {
        expect:
        Checksum.of('CREATE TABLE a;\r\nSELECT 1;\r\n') == Checksum.of('CREATE TABLE a;\nSELECT 1;\n')
        Checksum.of('\uFEFFSELECT 1;') == Checksum.of('SELECT 1;')
        Checksum.of('SELECT 1; ') != Checksum.of('SELECT 1;')
    }

    def '#what is refused with its place'() {
        given:
        files(*made)
        description(text)

        expect:
        problems() == told

        where:
        what                     | made           | text                                                                                                                                                         || told
        'no JSON'                | []             | '{"001": \n {"version" "1"}}'                                                                                                                                || ["version.json:2: this is no JSON: Unexpected character ('\"' (code 34)): was expecting a colon to separate field name and value"]
        'a list'                 | []             | '[]'                                                                                                                                                         || ['version.json:1: this is no object']
        'nothing described'      | []             | '{}'                                                                                                                                                         || ['version.json:1: no migration is described']
        'an unknown key'         | ['001_a.sql']  | '{"001": {"version": "1", "name": "a", "file": "001_a.sql",\n "depends": []}}'                                                                               || ["version.json:2: 'depends' of 001 is not known"]
        'a missing key'          | ['001_a.sql']  | '{"001": {"name": "a", "file": "001_a.sql"}}'                                                                                                                || ["version.json:1: '001' has no 'version'"]
        'a gap'                  | ['003_a.sql']  | '{"003": {"version": "1", "name": "a", "file": "003_a.sql"}}'                                                                                                || ["version.json:1: '003' comes where 001 is missing"]
        'an id twice'            | ['001_a.sql']  | '{"001": {"version": "1", "name": "a", "file": "001_a.sql"},\n"001": {"version": "1", "name": "b", "file": "001_b.sql"}}'                                     || ["version.json:2: '001' stands here twice", "version.json:2: 'file' of 001: there is no 001_b.sql"]
        'a missing file'         | []             | '{"001": {"version": "1", "name": "a",\n"file": "001_a.sql"}}'                                                                                               || ["version.json:2: 'file' of 001: there is no 001_a.sql"]
        'a file of another name' | ['a.sql']      | '{"001": {"version": "1", "name": "a", "file": "a.sql"}}'                                                                                                    || ["version.json:1: 'file' of 001 is 'a.sql'"]
        'a way out'              | []             | '{"001": {"version": "1", "name": "a", "file": "../001_a.sql"}}'                                                                                             || ["version.json:1: 'file' of 001 is '../001_a.sql'"]
        'an unknown dependency'  | ['001_a.sql']  | '{"001": {"version": "1", "name": "a", "file": "001_a.sql", "dependencies": ["007"]}}'                                                                       || ["version.json:1: 'dependencies' of 001: '007' is not described"]
        'a file not described'   | ['001_a.sql', '002_b.sql'] | '{"001": {"version": "1", "name": "a", "file": "001_a.sql"}}'                                                                                    || ['002_b.sql: no migration of version.json names this file']
        'wrong types'            | ['001_a.sql']  | '{"001": {"version": 1, "name": "a", "file": "001_a.sql", "backup": "yes", "dependencies": "001"}}'                                                          || ["version.json:1: 'version' of 001 is no text", "version.json:1: 'backup' of 001 is neither true nor false", "version.json:1: 'dependencies' of 001 is no list", "version.json:1: '001' has no 'version'"]
    }

    def 'dependencies that go in a circle or to a later migration are refused, a circle once'() {
        given:
        files('001_a.sql', '002_b.sql', '003_c.sql', '004_d.sql', '005_e.sql')
        description("""{
            "001": {"version": "1", "name": "a", "file": "001_a.sql", "dependencies": ["003"]},
            "002": {"version": "1", "name": "b", "file": "002_b.sql", "dependencies": ["001"]},
            "003": {"version": "1", "name": "c", "file": "003_c.sql", "dependencies": ["002"]},
            "004": {"version": "1", "name": "d", "file": "004_d.sql", "dependencies": ["005"]},
            "005": {"version": "1", "name": "e", "file": "005_e.sql", "dependencies": ["005"]}
        }""")

        expect:
        problems() == ["version.json:2: 'dependencies' of 001: 001 needs 003, which needs 002, which needs 001",
                       "version.json:5: 'dependencies' of 004: 005 comes after it",
                       "version.json:6: 'dependencies' of 005: 005 needs 005"]
    }

    def 'everything that is wrong is told at once'() {
        given:
        files('stray.sql')
        description("""{
            "1":   {"version": "1", "name": "a", "file": "001_a.sql"},
            "003": {"version": "1", "name": "c", "fil": "003_c.sql", "dependencies": ["009"]}
        }""")

        expect:
        problems() == ["version.json:3: 'fil' of 003 is not known", "version.json:2: '1' cannot be an id",
                       "version.json:3: '003' comes where 001 is missing", "version.json:2: 'file' of 1 is '001_a.sql'",
                       "version.json:2: 'file' of 1: there is no 001_a.sql", "version.json:3: '003' has no 'file'",
                       "version.json:3: 'dependencies' of 003: '009' is not described", 'stray.sql: no migration of version.json names this file']
    }

    def 'a folder without a description is refused'() {
        expect:
        problems() == ['version.json: there is no such file']
    }
}

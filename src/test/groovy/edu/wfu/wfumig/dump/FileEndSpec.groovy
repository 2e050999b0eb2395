package edu.wfu.wfumig.dump

import spock.lang.Specification

class FileEndSpec extends Specification {
    def 'a file says that it is whole with a line of its own at its end: #what'() {
        given:
        def end = new FileEnd(new ByteArrayInputStream(file.bytes))

        when:
        end.readAllBytes()

        then:
        end.marked() == marked
        end.length() == file.length()

        where:
        what                         | marked | file
        'mysqldump'                  | true   | "UNLOCK TABLES;\n\n-- Dump completed on 2026-11-20 12:00:00\n"
        'no date'                    | true   | "SELECT 1;\n-- Dump completed"
        'Windows ends of lines'      | true   | "SELECT 1;\r\n-- Dump completed on 2026\r\n\r\n"
        'a large file'               | true   | "${'x' * 20000};\n-- Dump completed\n"
        'pg_dump'                    | true   | "--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict abc\n\n"
        'nothing'                    | false  | ''
        'nothing of that kind'       | false  | "SELECT 1;\n"
        'a text has it'              | false  | "INSERT INTO t VALUES (1,'-- Dump completed');\n"
        'a text has it on a line'    | false  | "INSERT INTO t VALUES (1,'\n-- Dump completed\n');\n"
        'a row has it'               | false  | "COPY t FROM stdin;\n-- Dump completed\n\\.\nSELECT 1;\n"
        'a row at the end has it'    | false  | "COPY t FROM stdin;\n-- Dump completed\n\\.\n"
        'a statement follows'        | false  | "-- Dump completed\nSELECT 1;\n"
        'it is further from the end' | false  | "-- Dump completed\n${'-- more\n' * 1000}"
    }
}

package edu.wfu.wfumig.cli

import edu.wfu.wfumig.support.Wfumig
import java.nio.file.Path
import spock.lang.Specification

/** What a command does not need, it does not load. */
class StartUpSpec extends Specification {
    def 'the AWS SDK is not loaded by #words'() {
        given:
        def wfumig = new Wfumig()
        def file = wfumig.plan("""
            migration('light') {
              environment('dev') { embedded { schema 'a' }; url 'http://a.test' }
              environment('uat') { embedded { schema 'b' }; url 'http://b.test' }
              from 'dev'
              to 'uat'
              sites { all() }
              archive { ${archive.replace('HOME', wfumig.home.toString())} }
            }""").toString()

        when:
        def command = [Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-XX:TieredStopAtLevel=1', '-Xlog:class+load', '-cp',
                       System.getProperty('java.class.path'), 'edu.wfu.wfumig.cli.Main'] + words.split(' ').toList() + [file]
        def said = new ProcessBuilder(command).redirectErrorStream(true).start().inputStream.text

        then:
        said.contains('edu.wfu.wfumig.cli.Main')
        said.contains(sign)
        !said.contains('software.amazon')

        where:
        words          | archive                                         || sign
        'validate'     | "s3 { bucket 'bucket'; region 'us-east-1' }"    || 'is a valid plan'
        'archive list' | "directory 'HOME/archive'"                      || 'holds nothing of uat'
    }
}

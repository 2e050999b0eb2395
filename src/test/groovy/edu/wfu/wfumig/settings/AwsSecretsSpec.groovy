package edu.wfu.wfumig.settings

import edu.wfu.wfumig.Refusal
import edu.wfu.wfumig.settings.aws.AwsSecrets
import edu.wfu.wfumig.support.FakeAws
import spock.lang.AutoCleanup
import spock.lang.Specification

class AwsSecretsSpec extends Specification {
    @AutoCleanup FakeAws aws = new FakeAws()

    private AwsSecrets source(Map<String, String> more = [:]) { new AwsSecrets([region: 'eu-central-1', endpoint: aws.endpoint()] + more) }

    def 'a signed request brings the value: #what'() {
        given:
        aws.secrets['wfu/uat-db'] = answer

        expect:
        source(prefix: 'wfu/').find('uat-db').get() == value
        aws.asked == ['wfu/uat-db']

        where:
        what                             | answer                                                           || value
        'a text'                         | [SecretString: 'a "quoted" value']                               || 'a "quoted" value'
        'bytes'                          | [SecretBinary: 'as bytes'.bytes.encodeBase64().toString()]       || 'as bytes'
        'what databases of Amazon have'  | [SecretString: '{"username": "wfumig", "password": "p{w}"}']     || 'p{w}'
        'an object without a password'   | [SecretString: '{"key": "value"}']                               || '{"key": "value"}'
        'what only looks like an object' | [SecretString: '{not json']                                      || '{not json'
    }

    def 'what is not there is looked for elsewhere'() {
        expect:
        source().find('none').empty
    }

    def 'what may pass is asked again: #status #type'() {
        given:
        aws.secrets['uat-db'] = [SecretString: 'x']
        aws.failures << [status, type] << [status, type]

        expect:
        source().find('uat-db').get() == 'x'
        aws.asked.size() == 3

        where:
        status | type
        500    | 'InternalServiceError'
        400    | 'ThrottlingException'
    }

    def 'what does not pass is told, without a value: #type'() {
        given:
        aws.secrets['uat-db'] = [SecretString: 'never-to-be-seen']
        if (type == 'InvalidSignatureException') System.setProperty('aws.secretAccessKey', 'another key')
        else aws.failures << [400, type]

        when:
        source().find('uat-db')

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.FAILED
        refusal.message.contains("uat-db in AWS Secrets Manager cannot be read: $type")
        refusal.message.contains('secretsmanager:GetSecretValue')
        !refusal.message.contains('never-to-be-seen')
        aws.asked.size() == 1

        where:
        type << ['AccessDeniedException', 'InvalidSignatureException', 'DecryptionFailure']
    }

    def 'a server that is not there is told as what may pass'() {
        given:
        def gone = aws.endpoint()
        aws.close()
        System.setProperty('aws.accessKeyId', FakeAws.ACCESS)
        System.setProperty('aws.secretAccessKey', FakeAws.SECRET)

        when:
        new AwsSecrets([region: 'eu-central-1', endpoint: gone]).find('uat-db')

        then:
        def refusal = thrown(Refusal)
        refusal.kind() == Refusal.Kind.PASSING
    }
}

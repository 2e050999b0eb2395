package edu.wfu.wfumig.wordpress

import edu.wfu.wfumig.Address
import spock.lang.Specification

class AddressRulesSpec extends Specification {
    private static List<String> derive(Map<String, String> pairs, String from = 'http', String to = 'http') {
        Map<Address, Address> addresses = [:]
        pairs.each { addresses[Address.ofUrl(it.key)] = Address.ofUrl(it.value) }
        AddressRules.derive(from, to, addresses)*.toString()
    }

    def 'sites in subdirectories follow from the main site'() {
        expect:
        derive('dev.test/': 'uat.test/', 'dev.test/law/': 'uat.test/law/', 'dev.test/news/': 'uat.test/news/') == ['dev.test -> uat.test']
    }

    def 'subdomains follow from the main site, and get a scheme of their own when it changes'() {
        expect:
        derive('dev.test': 'uat.test', 'law.dev.test': 'law.uat.test') == ['dev.test -> uat.test']
        derive('dev.test': 'uat.test', 'law.dev.test': 'law.uat.test', 'http', 'https') ==
                ['dev.test -> uat.test', 'http://dev.test -> https://uat.test', 'http://law.dev.test -> https://law.uat.test']
    }

    def 'a mapped domain and a moved path get a rule of their own'() {
        expect:
        derive('dev.test': 'uat.test', 'law.org': 'law.example') == ['dev.test -> uat.test', 'law.org -> law.example']
        derive('dev.test': 'uat.test', 'dev.test/store/': 'uat.test/shop/') == ['dev.test -> uat.test', 'dev.test/store -> uat.test/shop']
        derive('dev.test': 'uat.test', 'dev.test/law/': 'law.uat.test/') == ['dev.test -> uat.test', 'dev.test/law -> law.uat.test']
    }

    def 'the same address on both sides needs no rule'() {
        expect:
        derive('same.test': 'same.test', 'same.test/a/': 'same.test/a/') == []
    }

    def 'ten thousand mapped domains are derived in no time to speak of'() {
        given:
        Map<String, String> many = ['dev.test': 'uat.test']
        (1..10_000).each { many["s${it}.org".toString()] = "s${it}.example".toString() }

        expect:
        derive(many).size() == 10_001
    }
}

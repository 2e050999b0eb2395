package edu.wfu.wfumig.support

import com.fasterxml.jackson.databind.ObjectMapper
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.transform.CompileStatic
import java.security.MessageDigest
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** AWS Secrets Manager in this process. It checks the signature of each request by itself. Source: AWS, "Signature Version 4". */
@CompileStatic
class FakeAws implements Closeable {
    static final String ACCESS = 'AKIDEXAMPLE'
    static final String SECRET = 'a-key-of-aws-that-nobody-may-see'
    private static final ObjectMapper JSON = new ObjectMapper()

    final Map<String, Map<String, String>> secrets = [:]
    /** What is answered next instead: status and type of error. */
    final List<List<Object>> failures = []
    final List<String> asked = []
    private final HttpServer server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)

    FakeAws() {
        server.createContext('/') { HttpExchange exchange -> answer(exchange) }
        server.start()
        System.setProperty('aws.accessKeyId', ACCESS)
        System.setProperty('aws.secretAccessKey', SECRET)
    }

    String endpoint() { "http://127.0.0.1:${server.address.port}/" }

    private void answer(HttpExchange exchange) {
        def body = exchange.requestBody.bytes
        def name = JSON.readTree(body).path('SecretId').asText()
        asked << name
        def answer = failures ? failed(failures.remove(0)) : answerTo(exchange, name, body)
        def bytes = JSON.writeValueAsBytes(answer[1])
        exchange.sendResponseHeaders(answer[0] as int, bytes.length)
        exchange.responseBody.write(bytes)
        exchange.close()
    }

    private static List<Object> failed(List<Object> failure) { [failure[0], [__type: failure[1], message: 'as a spec wants it']] as List<Object> }

    private List<Object> answerTo(HttpExchange exchange, String name, byte[] body) {
        def right = signature(exchange, body)
        if (!exchange.requestHeaders.getFirst('Authorization')?.endsWith("Signature=$right")) return failed([400, 'InvalidSignatureException'] as List<Object>)
        if (exchange.requestHeaders.getFirst('X-Amz-Target') != 'secretsmanager.GetSecretValue') return failed([400, 'InvalidAction'] as List<Object>)
        secrets.containsKey(name) ? [200, [Name: name] + secrets[name]] as List<Object> : failed([400, 'com.amazonaws.secretsmanager#ResourceNotFoundException'] as List<Object>)
    }

    private static String signature(HttpExchange exchange, byte[] body) {
        def headers = exchange.requestHeaders
        def given = (headers.getFirst('Authorization') ?: '').replaceFirst('^AWS4-HMAC-SHA256 ', '').split(',\\s*').collectEntries { String part -> part.split('=', 2).toList() } as Map<String, String>
        def signed = (given.SignedHeaders ?: '').split(';').toList()
        if (!signed.containsAll(['host', 'x-amz-date', 'x-amz-target'])) return 'nothing'
        def lines = signed.collect { String header -> "$header:${headers.getFirst(header)?.trim()}\n" }.join('')
        def canonical = "POST\n/\n\n$lines\n${signed.join(';')}\n${hex(MessageDigest.getInstance('SHA-256').digest(body))}"
        def scope = given.Credential.split('/').toList()
        if (scope[0] != ACCESS || scope[3] != 'secretsmanager') return 'nothing'
        def toSign = "AWS4-HMAC-SHA256\n${headers.getFirst('X-Amz-Date')}\n${scope.tail().join('/')}\n${hex(MessageDigest.getInstance('SHA-256').digest(canonical.getBytes('UTF-8')))}"
        byte[] key = ('AWS4' + SECRET).getBytes('UTF-8')
        scope.tail().each { String part -> key = hmac(key, part) }
        hex(hmac(key, toSign.toString()))
    }

    private static byte[] hmac(byte[] key, String text) {
        def mac = Mac.getInstance('HmacSHA256')
        mac.init(new SecretKeySpec(key, 'HmacSHA256'))
        mac.doFinal(text.getBytes('UTF-8'))
    }

    private static String hex(byte[] bytes) { HexFormat.of().formatHex(bytes) }

    @Override
    void close() {
        server.stop(0)
        System.clearProperty('aws.accessKeyId')
        System.clearProperty('aws.secretAccessKey')
    }
}

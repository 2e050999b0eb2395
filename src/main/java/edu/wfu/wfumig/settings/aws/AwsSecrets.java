package edu.wfu.wfumig.settings.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.wfu.wfumig.Problem;
import edu.wfu.wfumig.Refusal;
import edu.wfu.wfumig.settings.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Secrets in AWS Secrets Manager: one request, {@code GetSecretValue}, signed and sent by the parts of the SDK that S3 needs anyway;
 * credentials as for S3. A value that is a JSON object with a {@code password}, as Amazon's own databases have it, means that one.
 * Source: AWS Secrets Manager API Reference, "GetSecretValue" and "Common Errors".
 */
public final class AwsSecrets implements SecretSource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final @Nullable String region;
    private final String prefix;
    private final @Nullable URI endpoint;
    private final @Nullable String profile;

    /** @param settings {@code region}, {@code prefix}, {@code endpoint}, {@code profile}; each may be missing */
    public AwsSecrets(Map<String, String> settings) {
        region = settings.get("region");
        prefix = settings.getOrDefault("prefix", "");
        String address = settings.get("endpoint");
        endpoint = address == null ? null : URI.create(address);
        profile = settings.get("profile");
    }

    @Override
    public String place(String name) {
        return prefix + name + " in AWS Secrets Manager";
    }

    @Override
    public Optional<String> find(String name) {
        try {
            return ask(name);
        } catch (SdkException e) {
            throw failed(name, "no credentials or no region: " + e.getMessage(), Refusal.Kind.FAILED, e);
        } catch (IOException e) {
            throw failed(name, e.getClass().getSimpleName() + ": " + e.getMessage(), Refusal.Kind.PASSING, e);
        }
    }

    private Optional<String> ask(String name) throws IOException {
        String body = JSON.writeValueAsString(Map.of("SecretId", prefix + name));
        try (var client = UrlConnectionHttpClient.builder()
                .connectionTimeout(PATIENCE)
                .socketTimeout(PATIENCE)
                .build()) {
            for (int attempt = 1; ; attempt++) {
                var response = client.prepareRequest(signed(body)).call();
                int status = response.httpResponse().statusCode();
                JsonNode answer = answer(response.responseBody().orElse(null));
                if (status == 200) return Optional.of(value(name, answer));
                String type = answer.path("__type").asText().replaceFirst(".*#", "");
                if (type.equals("ResourceNotFoundException")) return Optional.empty();
                boolean passing = status >= 500 || status == 429 || type.equals("ThrottlingException");
                if (!passing || attempt == ATTEMPTS) {
                    String said =
                            answer.path("message").asText(answer.path("Message").asText());
                    String why = (type.isEmpty() ? "status " + status : type) + (said.isEmpty() ? "" : ": " + said);
                    throw failed(name, why, passing ? Refusal.Kind.PASSING : Refusal.Kind.FAILED, null);
                }
                pause(attempt);
            }
        }
    }

    private HttpExecuteRequest signed(String body) {
        String where = region == null
                ? DefaultAwsRegionProviderChain.builder().build().getRegion().id()
                : region;
        String host = "secretsmanager." + where + ".amazonaws.com" + (where.startsWith("cn-") ? ".cn" : "");
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint == null ? URI.create("https://" + host + "/") : endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("X-Amz-Target", "secretsmanager.GetSecretValue")
                .putHeader("Content-Length", Integer.toString(body.getBytes(StandardCharsets.UTF_8).length))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials())
                        .request(request)
                        .payload(ContentStreamProvider.fromUtf8String(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "secretsmanager")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, where));
        return HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(null))
                .build();
    }

    private AwsCredentials credentials() {
        if (profile != null) {
            try (var provider = ProfileCredentialsProvider.create(profile)) {
                return provider.resolveCredentials();
            }
        }
        try (var provider = DefaultCredentialsProvider.builder().build()) {
            return provider.resolveCredentials();
        }
    }

    private static JsonNode answer(@Nullable InputStream body) {
        try (var bytes = body == null ? InputStream.nullInputStream() : body) {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            return JSON.createObjectNode(); // an error page of somebody in between
        }
    }

    private String value(String name, JsonNode answer) throws IOException {
        String text = answer.path("SecretString").asText();
        if (answer.hasNonNull("SecretBinary")) {
            text = new String(
                    Base64.getDecoder().decode(answer.path("SecretBinary").asText()), StandardCharsets.UTF_8);
        }
        if (text.isEmpty()) throw failed(name, "it is empty", Refusal.Kind.FAILED, null);
        return text.stripLeading().startsWith("{") ? password(text) : text;
    }

    private static String password(String text) {
        try {
            var password = JSON.readTree(text).path("password");
            return password.isTextual() ? password.asText() : text;
        } catch (IOException e) {
            return text;
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(100L << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Refusal failed(String name, String why, Refusal.Kind kind, @Nullable Exception cause) {
        var problem = Problem.of(
                place(name) + " cannot be read: " + why,
                "credentials with secretsmanager:GetSecretValue, and kms:Decrypt of the secret's key",
                "nothing was written",
                "aws secretsmanager get-secret-value --secret-id " + prefix + name + " --query Name");
        return cause == null ? new Refusal(kind, problem) : new Refusal(kind, problem, cause);
    }
}

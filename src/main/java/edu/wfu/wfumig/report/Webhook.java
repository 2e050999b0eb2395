package edu.wfu.wfumig.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An address that is told something by POST. What may pass (no answer, 429, 5xx) is tried again after pauses that double.
 *
 * @param pause the first pause
 */
public record Webhook(URI address, Duration pause) {
    private static final int ATTEMPTS = 3;
    private static final int TOO_MANY = 429;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @throws IOException when it is not delivered; it does not tell the address, which is a secret */
    public void post(String json) throws IOException, InterruptedException {
        String host = address.getHost();
        boolean here = host != null && (host.equals("localhost") || host.startsWith("127."));
        if (host == null || !("https".equals(address.getScheme()) || here && "http".equals(address.getScheme()))) {
            throw new IOException("the webhook's address does not begin with https://");
        }
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                .build();
        var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        for (int attempt = 1; ; attempt++) {
            String why;
            boolean passing = true;
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 == 2) return;
                passing = status / 100 == 5 || status == TOO_MANY;
                why = "it answers with status " + status;
            } catch (IOException e) {
                why = e.getClass().getSimpleName();
            }
            if (!passing || attempt == ATTEMPTS) throw new IOException("the webhook at " + host + ": " + why);
            Thread.sleep(pause.toMillis() << (attempt - 1));
        }
    }
}

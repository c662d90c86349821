package io.cartage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;

/** Tries again what Cartage could not take in the moment, after as long as it says, and what got lost on the way where that does nothing twice. */
public final class Transport {
  private static final int ATTEMPTS = 6;
  private static final long LONGEST_PAUSE_MS = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper mapper = Records.mapper();
  private final String url;
  private final Supplier<String> token;

  /** Where Cartage answers, such as `https://orders.example.org`, and who has the token by which it lets the caller in; he may have none, and says null. */
  public Transport(String url, Supplier<String> token) {
    this.url = url.replaceAll("/$", "");
    this.token = token;
  }

  public <Data> Answer<Data> send(Call call, Class<Data> type) throws InterruptedException {
    for (int attempt = 0; ; attempt++) {
      boolean isLast = attempt == ATTEMPTS - 1;
      try {
        HttpResponse<byte[]> response = http.send(requestOf(call), BodyHandlers.ofByteArray());
        boolean isLater = response.statusCode() == 503 || response.statusCode() == 429;
        if (!isLater || isLast) return answerOf(response, type);
        Thread.sleep(pauseOf(response, attempt));
      } catch (IOException lost) {
        if (!call.mayBeRepeated() || isLast) throw new NoAnswer(call.method + " " + url + call.target() + ": " + lost, lost);
        Thread.sleep(pauseOf(attempt));
      }
    }
  }

  private HttpRequest requestOf(Call call) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + call.target())).timeout(PATIENCE);
    String bearer = token.get();
    if (bearer != null) request.header("authorization", "Bearer " + bearer);
    call.headers.forEach(request::header);
    return request.method(call.method, call.body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytesOf(call.body))).build();
  }

  private byte[] bytesOf(Object body) throws IOException {
    return body instanceof byte[] bytes ? bytes : mapper.writeValueAsBytes(body);
  }

  private <Data> Answer<Data> answerOf(HttpResponse<byte[]> response, Class<Data> type) {
    if (response.statusCode() >= 400) throw refusalOf(response);
    Data data = type == byte[].class ? type.cast(response.body()) : read(response, type);
    String etag = headerOf(response, "etag");
    boolean repeated = "true".equals(headerOf(response, "cartage-repeated"));
    return new Answer<>(data, response.statusCode(), etag, headerOf(response, "cartage-position"), repeated);
  }

  private <Data> Data read(HttpResponse<byte[]> response, Class<Data> type) {
    try {
      return mapper.readValue(response.body(), type);
    } catch (IOException unknown) {
      throw new NoAnswer(url + " answers " + response.statusCode() + ", and not as these classes say: make them anew.", unknown);
    }
  }

  private RuntimeException refusalOf(HttpResponse<byte[]> response) {
    try {
      return new Refused(mapper.readValue(response.body(), Refused.Problem.class));
    } catch (IOException other) {
      return new NoAnswer(url + " answers " + response.statusCode() + ", and not as Cartage does. Is the url right?", other);
    }
  }

  private static String headerOf(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  /** What `Retry-After` says, and otherwise longer each time. */
  private static long pauseOf(HttpResponse<byte[]> response, int attempt) {
    String said = headerOf(response, "retry-after");
    return said != null && said.matches("\\d{1,6}") ? Math.min(Long.parseLong(said) * 1_000, LONGEST_PAUSE_MS) : pauseOf(attempt);
  }

  private static long pauseOf(int attempt) {
    return Math.min(500L << attempt, LONGEST_PAUSE_MS);
  }
}

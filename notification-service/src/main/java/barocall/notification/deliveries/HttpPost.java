package barocall.notification.deliveries;

import barocall.kit.tracing.Traces;
import io.micrometer.observation.Observation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Posts JSON and waits for 2xx, never for long; redirects are not followed. */
@Component
class HttpPost {
  private final HttpClient client;
  private final Traces traces;
  private final Duration timeout;

  HttpPost(DeliverySettings settings, Traces traces) {
    this.traces = traces;
    this.timeout = settings.timeout();
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  void send(String url, String json, Map<String, String> headers) throws UndeliveredException {
    CompletableFuture<Integer> answer;
    Observation calling;
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(timeout)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
      headers.forEach(request::header);
      calling = traces.calling("barocall.delivery.post", request::header).start();
      answer =
          client
              .sendAsync(request.build(), BodyHandlers.discarding())
              .thenApply(response -> response.statusCode());
    } catch (IllegalArgumentException e) {
      throw new UndeliveredException("the address is no URL that can be called");
    }
    try {
      int status = await(answer);
      if (status < 200 || status > 299) {
        throw new UndeliveredException("the other side answered " + status);
      }
    } catch (UndeliveredException failure) {
      calling.error(failure);
      throw failure;
    } finally {
      calling.stop();
    }
  }

  /**
   * The request's own time-out ends with the answer's head; a body that trickles is cut off too.
   */
  private int await(CompletableFuture<Integer> answer) throws UndeliveredException {
    try {
      return answer.get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new UndeliveredException("the other side did not answer in time");
    } catch (ExecutionException e) {
      throw new UndeliveredException(kind(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UndeliveredException("the service is ending");
    }
  }

  private static String kind(Throwable failure) {
    if (failure instanceof HttpConnectTimeoutException || failure instanceof ConnectException) {
      return "the other side is away";
    }
    if (failure instanceof HttpTimeoutException) {
      return "the other side did not answer in time";
    }
    return failure instanceof IOException
        ? "the connection broke"
        : failure.getClass().getSimpleName();
  }
}

package barocall.kit.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.util.context.Context;

/** What a collector gets: spans, if it is asked for, and nothing that quotes a citizen. */
class ExportTest {
  private static final String WORDS = "우리 집 앞 가로등";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String STATE = "870623-1999999";
  private static final String ADDRESS = "/receipts/1234-5678-9012";

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ObservationAutoConfiguration.class,
                  MicrometerTracingAutoConfiguration.class,
                  OpenTelemetrySdkAutoConfiguration.class,
                  OpenTelemetryTracingAutoConfiguration.class,
                  OtlpTracingAutoConfiguration.class))
          .withUserConfiguration(TracingConfiguration.class)
          .withPropertyValues("management.tracing.sampling.probability=1");

  @Test
  void nothingIsExportedUnlessAnEndpointIsSet() {
    service.run(context -> assertThat(context).doesNotHaveBean(SpanExporter.class));
  }

  @Test
  void spansReachTheCollectorWithoutMessagesAndAddresses() throws IOException {
    List<String> caught = new CopyOnWriteArrayList<>();
    HttpServer collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          caught.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      service
          .withPropertyValues(
              "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                  + collector.getAddress().getPort()
                  + "/v1/traces",
              "management.opentelemetry.tracing.export.schedule-delay=100ms")
          .run(
              context -> {
                Observation work =
                    Observation.start("work", context.getBean(ObservationRegistry.class))
                        .contextualName("work on a record")
                        .highCardinalityKeyValue("http.url", ADDRESS);
                work.error(new IllegalStateException(WORDS));
                work.stop();
                Observation reading =
                    context
                        .getBean(Traces.class)
                        .reading("call-received", Traces.of(planted()))
                        .start();
                reading.stop();
                await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> String.join("", caught).contains("call-received process"));
              });
    } finally {
      collector.stop(0);
    }
    assertThat(String.join("", caught))
        .contains("work on a record")
        .doesNotContain(WORDS)
        .doesNotContain(ADDRESS)
        .doesNotContain(STATE);
  }

  @Test
  void ofWhatAClientSaysOfItsTraceOnlyTheTraceGoesOn() {
    service.run(
        context -> {
          Traces traces = context.getBean(Traces.class);
          Headers record = new RecordHeaders();
          Map<String, String> webhook = new HashMap<>();
          Observation reading = traces.reading("call-received", Traces.of(planted())).start();
          try (Observation.Scope scope = reading.openScope()) {
            assertThat(scope).isNotNull();
            traces.sending("complaint-escalated", record, Context.empty()).start().stop();
            traces.calling("barocall.delivery.post", webhook::put).start().stop();
          }
          reading.stop();

          assertThat(record.toArray()).extracting(Header::key).containsExactly("traceparent");
          assertThat(Traces.of(record)).contains(TRACE);
          assertThat(webhook).containsOnlyKeys("traceparent");
          assertThat(webhook.get("traceparent")).contains(TRACE);
        });
  }

  private static Headers planted() {
    return new RecordHeaders()
        .add("traceparent", ("00-" + TRACE + "-b7ad6b7169203331-01").getBytes(UTF_8))
        .add("tracestate", ("planted=" + STATE).getBytes(UTF_8))
        .add("baggage", ("planted=" + STATE).getBytes(UTF_8));
  }
}

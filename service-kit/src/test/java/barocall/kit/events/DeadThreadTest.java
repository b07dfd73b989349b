package barocall.kit.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.kit.health.Reading;
import barocall.kit.tracing.Traces;
import barocall.testkit.Backends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import reactor.core.publisher.Mono;

/** A consumer's thread that dies for good is known to the probes. */
class DeadThreadTest {
  private static final String NOWHERE = "nowhere-" + Backends.unique("city");

  @Test
  void aThreadThatAnErrorEndedMakesTheProcessUseless() {
    try (var context =
        new SpringApplicationBuilder(Dying.class)
            .web(WebApplicationType.NONE)
            .run(
                "--spring.application.name=dying-service",
                "--spring.config.import=classpath:events-defaults.properties",
                "--spring.cloud.function.definition=onEvents",
                "--spring.cloud.stream.bindings.onEvents-in-0.destination=inquiry-reopened",
                "--KAFKA_BOOTSTRAP_SERVERS=" + Backends.bootstrapServers(),
                "--MONGODB_URI=" + Backends.mongoUri())) {
      Reading reading = context.getBean(Reading.class);
      assertThat(reading.whyNot()).isEmpty();
      assertThat(reading.whyDead()).isEmpty();

      context
          .getBean(EventPublisher.class)
          .sendAndWait(
              new Event.InquiryReopened(
                  new Event.Inquiry(
                      Backends.unique(NOWHERE), null, NOWHERE, Channel.WEB, null, null),
                  Instant.EPOCH,
                  1,
                  null));

      await().atMost(Duration.ofSeconds(90)).until(() -> reading.whyDead().isPresent());
      assertThat(reading.whyNot()).isEqualTo(reading.whyDead());
    }
  }

  /** A service that dies of one city's events. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = {
        "barocall.kit.events",
        "barocall.kit.health",
        "barocall.kit.metrics",
        "barocall.kit.store",
        "barocall.kit.tracing"
      },
      excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*Test\\$.*"))
  static class Dying {
    @Bean
    Consumer<List<Delivered>> onEvents(Traces traces) {
      return Delivered.to(
          event -> {
            if (event.cityId().equals(NOWHERE)) {
              throw new StackOverflowError("deliberate");
            }
            return Mono.empty();
          },
          traces);
    }
  }
}

package barocall.intake.spool;

import barocall.contract.Event;
import barocall.contract.EventCodec;
import barocall.contract.UnreadableEventException;
import barocall.intake.inquiries.Known;
import barocall.kit.events.Sending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Where the spool lies, and what is said of it. */
@Configuration(proxyBeanMethods = false)
class SpoolConfiguration {
  /** So that a citizen is answered within two seconds although the broker has just gone. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  @Bean(destroyMethod = "close")
  KafkaSpool spool(
      Sending sending,
      Scheduler publishing,
      ObjectProvider<Known> known,
      Clock clock,
      MeterRegistry registry,
      @Value("${barocall.spool.path}") Path folder,
      @Value("${barocall.spool.max-size}") DataSize most) {
    Counter forwarded =
        Counter.builder("barocall.spool.forwarded")
            .description("Records that the broker has taken from this machine's disk")
            .register(registry);
    KafkaSpool spool =
        new KafkaSpool(
            () -> SpoolLog.open(folder, most.toBytes(), clock),
            sending::acknowledged,
            publishing::schedule,
            PATIENCE,
            record -> remember(record, known.getObject()),
            forwarded::increment);
    Gauge.builder("barocall.spool.records", spool, KafkaSpool::records)
        .description("Records that wait on this machine's disk for the broker")
        .register(registry);
    Gauge.builder("barocall.spool.bytes", spool, KafkaSpool::bytes)
        .description("What they take of the disk")
        .baseUnit("bytes")
        .register(registry);
    return spool;
  }

  /** Before the doors open. */
  @Bean
  SmartLifecycle spoolStart(KafkaSpool spool) {
    return new SmartLifecycle() {
      private boolean running;

      @Override
      public void start() {
        spool.start();
        running = true;
      }

      /** It ends with its bean, after the last request. */
      @Override
      public void stop() {
        running = false;
      }

      @Override
      public boolean isRunning() {
        return running;
      }

      @Override
      public int getPhase() {
        return Integer.MIN_VALUE + 1_000;
      }
    };
  }

  /** A citizen who was answered before a restart still finds the receipt. */
  private static void remember(ProducerRecord<String, byte[]> record, Known known) {
    try {
      if (EventCodec.decode(record.topic(), record.headers(), record.value())
          instanceof Event.InquiryEvent about) {
        known.said(about);
      }
    } catch (UnreadableEventException other) {
      // Another release wrote it: it is forwarded as it is.
      return;
    }
  }

  /** Whether what is accepted would be kept: by the broker, or until it is back. */
  @Bean
  ReactiveHealthIndicator spoolHealthIndicator(
      KafkaSpool spool,
      @Qualifier("brokerHealthIndicator") ReactiveHealthIndicator brokerHealthIndicator) {
    return new ReactiveHealthIndicator() {
      @Override
      public Mono<Health> health() {
        if (spool.takesMore()) {
          return Mono.just(said(spool, Health.up()));
        }
        return spool.isWaiting()
            ? Mono.just(said(spool, Health.down()))
            : brokerHealthIndicator.health();
      }
    };
  }

  private static Health said(KafkaSpool spool, Health.Builder health) {
    if (!spool.isWaiting()) {
      return health.build();
    }
    String sentence =
        "the message broker does not acknowledge; %d records wait on this machine's disk%s%s"
            .formatted(
                spool.records(),
                spool.since().map(since -> " since " + since).orElse(""),
                spool.takesMore() ? "" : ", which takes no more");
    return health.withDetail("why", sentence).build();
  }
}

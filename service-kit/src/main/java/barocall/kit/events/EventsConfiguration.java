package barocall.kit.events;

import barocall.contract.BrokerSettings;
import barocall.contract.UnreadableEventException;
import barocall.kit.health.Reading;
import barocall.kit.metrics.Sampling;
import barocall.kit.process.ShiftedClock;
import barocall.kit.store.StoreAwayException;
import barocall.kit.tracing.Traces;
import com.mongodb.MongoException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.BsonMaximumSizeExceededException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.kafka.support.KafkaHeaderMapper;
import org.springframework.kafka.support.converter.BatchMessagingMessageConverter;
import org.springframework.messaging.MessageHeaders;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The broker: topics, the producer that every event goes through, and what happens when a handler
 * fails.
 */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(EventsConfiguration.class);
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(60);
  private static final Duration PATIENCE_OF_WHO_REMEMBERS = Duration.ofSeconds(2);

  /** A record that is not done by then is read again by whoever comes next. */
  private static final Duration LONGEST_END = Duration.ofSeconds(3);

  /** Nobody has to be patient with what will never be better. */
  private static final BackOff AT_ONCE = new FixedBackOff(0, 0);

  /** What names no record is the fault of none. */
  private static final BackOff NEVER_ALL = new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS);

  /**
   * Handlers get the record and none of its headers: the binder would read those that foreign
   * records bear, fail by them, and quote them in the log. Its name is the one that it looks for.
   */
  @Bean
  KafkaHeaderMapper kafkaBinderHeaderMapper() {
    return new KafkaHeaderMapper() {
      @Override
      public void fromHeaders(MessageHeaders headers, Headers target) {}

      @Override
      public void toHeaders(Headers source, Map<String, Object> target) {}
    };
  }

  /** Of what comes in batches the binder does not ask for that mapper by itself. */
  @Bean
  ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> noHeadersInBatches(
      KafkaHeaderMapper kafkaBinderHeaderMapper) {
    return (endpoint, destination, group) -> {
      BatchMessagingMessageConverter records = new BatchMessagingMessageConverter();
      records.setHeaderMapper(kafkaBinderHeaderMapper);
      endpoint.setBatchMessageConverter(records);
    };
  }

  @Bean
  @ConditionalOnMissingBean
  Clock clock(@Value("${barocall.clock.offset-file:}") String offsetFile) {
    return ShiftedClock.of(offsetFile);
  }

  @Bean
  BrokerConnection brokerConnection(Environment settings) {
    return new BrokerConnection(BrokerSettings.from(settings::getProperty));
  }

  @Bean(destroyMethod = "close")
  Admin kafkaAdminClient(BrokerConnection brokers) {
    return Admin.create(
        brokers.with(
            Map.of(
                CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, "3000",
                CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000")));
  }

  /** As the broker says; while it is away, as it said before, where the service can do without. */
  @Bean
  Partitions partitions(
      Admin admin,
      @Value("${spring.application.name}") String service,
      @Value("${KAFKA_PARTITIONS:#{null}}") @Nullable Integer wanted,
      @Value("${KAFKA_REPLICATION:#{null}}") @Nullable Integer copies,
      @Value("${barocall.topics.remembered:}") String remembered) {
    if (remembered.isBlank()) {
      return new Partitions(
          EventTopics.ensure(admin, service, wanted, copies, PATIENCE_AT_START), null);
    }
    TopicMemory memory = new TopicMemory(Path.of(remembered));
    OptionalInt before = memory.partitions();
    boolean enough = before.isPresent() && (wanted == null || wanted == before.getAsInt());
    try {
      int count =
          EventTopics.ensure(
              admin,
              service,
              wanted,
              copies,
              enough ? PATIENCE_OF_WHO_REMEMBERS : PATIENCE_AT_START);
      memory.note(count);
      return new Partitions(count, null);
    } catch (NoBrokerException away) {
      if (!enough) {
        throw away;
      }
      LOG.warn("No message broker answers: {} starts without, and reads when it is back.", service);
      return new Partitions(
          before.getAsInt(),
          () -> EventTopics.ensure(admin, service, wanted, copies, Duration.ZERO));
    }
  }

  @Bean(destroyMethod = "close")
  Producer<String, byte[]> eventProducer(BrokerConnection brokers) {
    return new KafkaProducer<>(
        brokers.with(
            Map.of(
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                ProducerConfig.LINGER_MS_CONFIG, "0",
                ProducerConfig.MAX_BLOCK_MS_CONFIG, "2000",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                    Integer.toString(EventTopics.LONGEST_LETTER),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "1500",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "2000",
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000")),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  @Bean(destroyMethod = "dispose")
  Scheduler publishing() {
    return Schedulers.newBoundedElastic(8, 10_000, "publishing");
  }

  @Bean
  Sending sending(Producer<String, byte[]> producer) {
    return new Sending(producer);
  }

  @Bean
  EventPublisher eventPublisher(
      Sending sending,
      ObjectProvider<Spool> spool,
      Scheduler publishing,
      Partitions partitions,
      @Value("${spring.application.name}") String service,
      MeterRegistry registry,
      Traces traces) {
    return new EventPublisher(
        sending,
        spool.getIfAvailable(),
        publishing,
        service,
        partitions.count(),
        new SaidEvents(registry),
        traces);
  }

  @Bean
  DeadLetters deadLetters(
      EventPublisher publisher,
      @Value("${spring.application.name}") String service,
      Clock clock,
      MeterRegistry registry,
      Traces traces) {
    return new DeadLetters(publisher, service, clock, registry, traces);
  }

  @Bean
  NotedCommits notedCommits() {
    return new NotedCommits();
  }

  @Bean
  ConsumerLag consumerLag(
      Admin admin, MeterRegistry registry, Sampling sampling, Partitions partitions) {
    return new ConsumerLag(admin, registry, sampling, partitions.count());
  }

  /** The producer's own figures, under Kafka's names. */
  @Bean(destroyMethod = "close")
  KafkaClientMetrics producerMetrics(Producer<String, byte[]> producer, MeterRegistry registry) {
    KafkaClientMetrics metrics = new KafkaClientMetrics(producer);
    metrics.bindTo(registry);
    return metrics;
  }

  /** What a handler's failure means: see {@link #patience}. */
  @Bean
  ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> onFailure(
      DeadLetters deadLetters, Reading reading, ConsumerLag lag, NotedCommits commits) {
    return (container, destination, group) -> {
      reading.watch(container::isInExpectedState);
      lag.watch(group, List.of(destination.split(",")));
      container.getContainerProperties().setStopImmediate(true);
      container.getContainerProperties().setOffsetAndMetadataProvider(commits);
      container.getContainerProperties().setShutdownTimeout(LONGEST_END.toMillis());
      DefaultErrorHandler handler =
          new DefaultErrorHandler(
              (record, failure) ->
                  deadLetters.put(
                      record,
                      original(record),
                      record.value() == null ? "the record has no value" : reason(failure)),
              NEVER_ALL);
      handler.setBackOffFunction(
          (record, failure) -> record.value() == null ? AT_ONCE : patience(failure));
      handler.setLogLevel(LOG_LEVEL);
      handler.setRetryListeners(saying());
      container.setCommonErrorHandler(handler);
    };
  }

  private static final org.springframework.kafka.KafkaException.Level LOG_LEVEL =
      org.springframework.kafka.KafkaException.Level.DEBUG;

  private static RetryListener saying() {
    return (record, failure, attempt) -> {
      if (record.value() != null && !isFaultOfTheRecord(failure)) {
        LOG.warn(
            "Record {}-{}@{} waits, try {}: {}",
            record.topic(),
            record.partition(),
            record.offset(),
            attempt,
            reason(failure));
      }
    };
  }

  /**
   * A record that cannot be read or is refused goes to the dead letters at once. A store or broker
   * that is away is no fault of the record: it is retried without end. Anything else is tried four
   * times.
   */
  private static BackOff patience(Exception failure) {
    if (isFaultOfTheRecord(failure)) {
      return AT_ONCE;
    }
    // It looks like a store that is away, but no other day makes the document smaller.
    if (find(failure, BsonMaximumSizeExceededException.class) != null) {
      return A_FEW_TIMES;
    }
    if (find(failure, MongoException.class) != null
        || find(failure, StoreAwayException.class) != null
        || find(failure, BrokerAwayException.class) != null
        || find(failure, KafkaException.class) != null
        || find(failure, IOException.class) != null) {
      ExponentialBackOff withoutEnd = new ExponentialBackOff(200, 2);
      withoutEnd.setMaxInterval(5_000);
      return withoutEnd;
    }
    return A_FEW_TIMES;
  }

  private static final BackOff A_FEW_TIMES = new FixedBackOff(200, 3);

  private static boolean isFaultOfTheRecord(Exception failure) {
    return find(failure, UnreadableEventException.class) != null
        || find(failure, RefusedEventException.class) != null;
  }

  private static byte @Nullable [] original(ConsumerRecord<?, ?> record) {
    return record.value() instanceof Delivered delivered ? delivered.original() : null;
  }

  /**
   * A sentence for the log and the dead letter: our own refusals as they are, of others only the
   * kind.
   */
  private static String reason(Throwable failure) {
    Throwable ours = find(failure, UnreadableEventException.class);
    if (ours == null) {
      ours = find(failure, RefusedEventException.class);
    }
    if (ours == null) {
      ours = find(failure, StoreAwayException.class);
    }
    if (ours != null && ours.getMessage() != null) {
      return ours.getMessage();
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    StackTraceElement[] trace = root.getStackTrace();
    return root.getClass().getSimpleName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  private static <X extends Throwable> @Nullable X find(Throwable failure, Class<X> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  @Bean
  ReactiveHealthIndicator brokerHealthIndicator(Admin admin) {
    return new BrokerHealth(admin);
  }

  /** How far behind this service is; that is no reason to be not ready. */
  @Bean
  ReactiveHealthIndicator behindHealthIndicator(ConsumerLag lag) {
    return new ReactiveHealthIndicator() {
      @Override
      public Mono<Health> health() {
        OptionalLong behind = lag.behind();
        return Mono.just(
            behind.isEmpty()
                ? Health.up().build()
                : Health.up().withDetail("records", behind.getAsLong()).build());
      }
    };
  }

  /**
   * How many partitions the topics have.
   *
   * @param toDo what makes sure that all topics are there, if no broker has said so yet
   */
  record Partitions(int count, @Nullable Runnable toDo) {}
}

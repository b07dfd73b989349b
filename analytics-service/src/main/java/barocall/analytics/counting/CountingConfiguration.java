package barocall.analytics.counting;

import barocall.analytics.facts.CityTime;
import barocall.city.Cities;
import barocall.city.City;
import barocall.city.WorkingDays;
import barocall.contract.Event;
import barocall.contract.Topic;
import barocall.kit.events.BrokerConnection;
import barocall.kit.events.ConsumerLag;
import barocall.kit.events.DeadLetters;
import barocall.kit.events.LogMark;
import barocall.kit.health.Reading;
import barocall.kit.store.NeededIndex;
import barocall.kit.tracing.Traces;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two consumers: history apart, so that live figures do not wait behind an import. */
@Configuration(proxyBeanMethods = false)
class CountingConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(CountingConfiguration.class);
  private static final int BATCH = 1_000;
  private static final long MEND_SECONDS = 60;

  @Bean
  MongoCountingStore countingStore(MongoDatabase database) {
    return new MongoCountingStore(database);
  }

  /** Figures and the page ask what is open city by city. */
  @Bean
  NeededIndex openByCity() {
    return new NeededIndex("open", "city");
  }

  @Bean
  Counting counting(MongoCountingStore store, Cities cities) {
    return new Counting(store, times(cities));
  }

  @Bean
  SmartLifecycle counters(
      MongoCountingStore store,
      Counting counting,
      Cities cities,
      DeadLetters deadLetters,
      Watchers watchers,
      Reading reading,
      ConsumerLag lag,
      Traces traces,
      Admin admin,
      @Value("${spring.application.name}") String service,
      @Value("${barocall.instance:0}") int instance,
      BrokerConnection brokers) {
    List<String> live =
        Counting.TOPICS.stream()
            .filter(topic -> topic != Topic.HISTORY_RECORDED)
            .map(Topic::wireName)
            .toList();
    List<String> history = List.of(Topic.HISTORY_RECORDED.wireName());
    return new SmartLifecycle() {
      private List<CountingConsumer> consumers = List.of();
      private @Nullable ScheduledExecutorService mending;

      @Override
      public void start() {
        Map<String, String> ids = LogMark.topicIds(admin);
        consumers =
            List.of(
                consumer(service, live, ids, watchers::seen),
                consumer(service + "-history", history, ids, events -> {}));
        lag.watch(service, live);
        lag.watch(service + "-history", history);
        consumers.forEach(CountingConsumer::start);
        ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
        var unused =
            rounds.scheduleWithFixedDelay(
                () -> mend(counting), MEND_SECONDS, MEND_SECONDS, TimeUnit.SECONDS);
        mending = rounds;
      }

      private CountingConsumer consumer(
          String group,
          List<String> topics,
          Map<String, String> ids,
          java.util.function.Consumer<List<Event>> seen) {
        return new CountingConsumer(
            group,
            topics,
            settings(brokers, group, instance),
            ids,
            store,
            counting,
            deadLetters::put,
            city -> cities.city(city).isPresent(),
            seen,
            reading,
            traces);
      }

      @Override
      public void stop() {
        if (mending != null) {
          mending.shutdownNow();
        }
        consumers.forEach(CountingConsumer::stop);
        try {
          for (CountingConsumer consumer : consumers) {
            consumer.end();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        consumers = List.of();
      }

      @Override
      public boolean isRunning() {
        return !consumers.isEmpty();
      }
    };
  }

  /** A store that is away is said by its health; the next round comes in a minute. */
  private static void mend(Counting counting) {
    try {
      counting.mendOpen();
    } catch (RuntimeException e) {
      LOG.debug(
          "The list of what is open was not looked through: {}", e.getClass().getSimpleName());
    }
  }

  private static Properties settings(BrokerConnection brokers, String group, int instance) {
    Properties settings = new Properties();
    settings.putAll(brokers.properties());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group + "-" + instance);
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return settings;
  }

  /** Made once for each city: working time is summed up for a year when it is first asked for. */
  static Function<String, CityTime> times(Cities cities) {
    Map<String, CityTime> times =
        cities.all().stream()
            .collect(Collectors.toUnmodifiableMap(City::id, CountingConfiguration::time));
    return city -> Objects.requireNonNull(times.get(city));
  }

  static CityTime time(City city) {
    return new CityTime(city.timeZone(), new WorkingDays(city)::between);
  }
}

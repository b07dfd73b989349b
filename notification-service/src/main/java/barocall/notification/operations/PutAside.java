package barocall.notification.operations;

import barocall.city.Cities;
import barocall.contract.DeadLetterTopics;
import barocall.contract.DeadLetterTopics.Letter;
import barocall.kit.events.BrokerConnection;
import barocall.kit.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records that services put aside, as the broker has them. However many pages are open, the
 * broker is asked once in ten seconds.
 */
@Component
class PutAside {
  private static final Logger LOG = LoggerFactory.getLogger(PutAside.class);

  /** More of one topic are for the command line: {@code barocall dead-letters}. */
  private static final long NEWEST = 200;

  private static final Duration SHOWN_FOR = Duration.ofSeconds(10);
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);

  private final BrokerConnection broker;
  private final Cities cities;
  private final Clock clock;
  private final JsonMapper json = new JsonMapper();

  /** One reads or sends at a time. */
  private final Scheduler reader = Schedulers.newBoundedElastic(1, 1_000, "dead-letters", 60, true);

  private volatile Mono<List<Aside>> seen;

  PutAside(BrokerConnection broker, Cities cities, Clock clock) {
    this.broker = broker;
    this.cities = cities;
    this.clock = clock;
    this.seen = look();
  }

  /** What is shown of a letter, and what can be told of it without understanding it. */
  record Aside(
      String id,
      String topic,
      String service,
      String at,
      String reason,
      boolean leftOut,
      @Nullable String city,
      @Nullable String inquiryId) {}

  /** Those that were not sent again, the oldest first. */
  Mono<List<Aside>> waiting() {
    return Mono.defer(() -> seen);
  }

  private Mono<List<Aside>> look() {
    return Mono.fromCallable(() -> with(this::read))
        .subscribeOn(reader)
        .cache(it -> SHOWN_FOR, failure -> COME_AGAIN, () -> Duration.ZERO);
  }

  /** Sends those again and tells how many records they were. */
  Mono<Long> sendAgain(Predicate<Aside> which) {
    return Mono.fromCallable(() -> with(topics -> send(topics, which)))
        .subscribeOn(reader)
        .doOnTerminate(() -> seen = look());
  }

  private List<Aside> read(DeadLetterTopics topics) {
    return topics.newest(NEWEST).stream()
        .filter(letter -> letter.sentAgain() == null)
        .map(this::aside)
        .toList();
  }

  private long send(DeadLetterTopics topics, Predicate<Aside> which) throws InterruptedException {
    List<Letter> chosen =
        topics.newest(NEWEST).stream()
            .filter(letter -> letter.sentAgain() == null && !letter.isLeftOut())
            .filter(letter -> which.test(aside(letter)))
            .toList();
    List<Letter> refused = topics.sendAgain(chosen);
    if (!refused.isEmpty() && refused.size() == chosen.size()) {
      throw ProblemException.of(HttpStatus.CONFLICT, "notification.problem.erased");
    }
    return chosen.stream().filter(it -> !refused.contains(it)).map(Letter::id).distinct().count();
  }

  /** Whoever wrote the record may have written anything: its city counts only if there is one. */
  private Aside aside(Letter letter) {
    JsonNode said = said(letter.record().value());
    String city = said.path("inquiry").path("city").asString(said.path("city").asString(""));
    String inquiryId = said.path("inquiry").path("inquiryId").asString("");
    return new Aside(
        letter.id(),
        letter.topic(),
        letter.service(),
        letter.at(),
        letter.reason(),
        letter.isLeftOut(),
        cities.city(city).isPresent() ? city : null,
        inquiryId.isEmpty() ? null : inquiryId);
  }

  private JsonNode said(byte @Nullable [] value) {
    try {
      return value == null ? json.missingNode() : json.readTree(value);
    } catch (JacksonException unreadable) {
      return json.missingNode();
    }
  }

  /** What is done with the topics. */
  @FunctionalInterface
  private interface Work<T> {
    T on(DeadLetterTopics topics) throws InterruptedException;
  }

  private <T> T with(Work<T> work) throws InterruptedException {
    try (DeadLetterTopics topics = new DeadLetterTopics(broker.properties(), clock)) {
      return work.on(topics);
    } catch (KafkaException away) {
      LOG.warn("The dead letters cannot be read or sent: {}", away.getClass().getSimpleName());
      throw ProblemException.unavailable(COME_AGAIN);
    }
  }
}

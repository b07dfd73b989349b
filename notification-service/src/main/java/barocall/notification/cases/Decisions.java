package barocall.notification.cases;

import barocall.contract.Event.InquiryEvent;
import barocall.kit.events.EventPublisher;
import barocall.kit.tracing.Traces;
import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decisions made in this service: stored in the case file before they are sent, then sent, then
 * marked as sent. What could not be sent is found again by a small collection that names the cases
 * to look at, and is sent at the start and every few seconds.
 */
@Component
public class Decisions {
  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  /** After that long whoever is still between naming a case and writing it has to begin anew. */
  private static final Duration IN_PROGRESS = Duration.ofSeconds(60);

  private static final int MOST_RACES = 50;

  /** Until then whoever decided is about to send it. */
  private static final Duration BEING_SENT = Duration.ofSeconds(3);

  /** Names the cases to look at. */
  static final String UNSENT = "unsent";

  private final Cases cases;
  private final List<Watcher> watchers;
  private final EventPublisher publisher;
  private final MongoCollection<Document> unsent;
  private final Clock clock;

  Decisions(
      Cases cases,
      List<Watcher> watchers,
      EventPublisher publisher,
      MongoDatabase database,
      Clock clock) {
    this.cases = cases;
    this.watchers = watchers;
    this.publisher = publisher;
    this.unsent = database.getCollection(UNSENT);
    this.clock = clock;
  }

  /**
   * Decides by a pure function of the case file; nothing is stored if it gives no events. Completes
   * when the decision is stored and the lists show it; sending it is tried once here, and a broker
   * that is away is no reason to fail, for the decision stands.
   *
   * @return the file as it then stands
   */
  public Mono<CaseFile> decide(
      String inquiryId, Function<CaseFile, List<? extends InquiryEvent>> decision) {
    return Traces.current()
        .flatMap(trace -> decide(inquiryId, decision, trace.orElse(null)))
        .contextWrite(Traces.about(inquiryId));
  }

  private Mono<CaseFile> decide(
      String inquiryId,
      Function<CaseFile, List<? extends InquiryEvent>> decision,
      @Nullable String trace) {
    return Mono.defer(() -> decideOnce(inquiryId, decision, trace))
        .repeatWhenEmpty(MOST_RACES, tries -> tries)
        .switchIfEmpty(Mono.error(() -> new IllegalStateException("lost every race")));
  }

  /**
   * Empty if another writer was faster. Then the case is named anew as well: whoever shut this one
   * out may have taken the name away.
   */
  private Mono<CaseFile> decideOnce(
      String inquiryId,
      Function<CaseFile, List<? extends InquiryEvent>> decision,
      @Nullable String trace) {
    return Mono.defer(
        () -> {
          String marker = UUID.randomUUID().toString();
          var made = new AtomicReference<List<? extends InquiryEvent>>(List.of());
          return Mono.from(
                  unsent.insertOne(
                      new Document("_id", marker)
                          .append("inquiryId", inquiryId)
                          .append("at", Date.from(clock.instant()))))
              .then(
                  cases.changeOnce(
                      inquiryId,
                      file -> {
                        List<? extends InquiryEvent> events = decision.apply(file);
                        made.set(events);
                        return events.isEmpty() ? file : file.decided(events, trace);
                      }))
              .switchIfEmpty(Mono.defer(() -> forget(marker).then(Mono.empty())))
              .flatMap(
                  file ->
                      made.get().isEmpty()
                          ? forget(marker).thenReturn(file)
                          : followed(file)
                              .then(Mono.defer(() -> sent(file).then(forget(marker))))
                              .onErrorResume(
                                  failure ->
                                      Traces.logging(
                                          () ->
                                              LOG.warn(
                                                  "A decision on {} is stored and will be sent later: {}",
                                                  inquiryId,
                                                  failure.getClass().getSimpleName())))
                              .thenReturn(file));
        });
  }

  /** Lets everyone who keeps something that follows from the file write it. */
  public Mono<Void> followed(CaseFile file) {
    return Flux.fromIterable(watchers).concatMap(watcher -> watcher.changed(file)).then();
  }

  /**
   * Sends what is stored and not yet sent, of all cases, each whether or not another fails;
   * completes with how many cases went well.
   */
  public Mono<Long> sendUnsent() {
    Instant now = clock.instant();
    return Flux.from(unsent.find())
        .collectList()
        .flatMapMany(Flux::fromIterable)
        .filter(marker -> !since(marker).plus(BEING_SENT).isAfter(now))
        .concatMap(
            marker ->
                sendUnsent(marker, since(marker).plus(IN_PROGRESS).isBefore(now))
                    .thenReturn(1L)
                    .onErrorResume(
                        failure -> {
                          LOG.warn(
                              "Decisions on {} wait for the next round: {}",
                              marker.getString("inquiryId"),
                              failure.getClass().getSimpleName());
                          return Mono.empty();
                        }))
        .count();
  }

  /**
   * A name that is old is taken away. Whoever set it may have been stopped between reading the file
   * and writing it, and a clock may be wrong: writing the file first shuts them out.
   */
  private Mono<Void> sendUnsent(Document marker, boolean old) {
    String inquiryId = marker.getString("inquiryId");
    return cases
        .file(inquiryId)
        .flatMap(
            file ->
                old && file.version() > 0 && file.unsent().isEmpty()
                    ? cases.change(inquiryId, CaseFile::next)
                    : Mono.just(file))
        .flatMap(
            file ->
                file.unsent().isEmpty()
                    ? Mono.empty()
                    : followed(file).then(Mono.defer(() -> sent(file))))
        .then(Mono.defer(() -> old ? forget(marker.getString("_id")) : Mono.empty()));
  }

  /** How many decisions may wait to be sent; more than a handful for long: the broker is away. */
  public Mono<Long> countUnsent() {
    return Mono.from(unsent.estimatedDocumentCount());
  }

  private static Instant since(Document marker) {
    return marker.getDate("at").toInstant();
  }

  private Mono<Void> sent(CaseFile file) {
    return Flux.fromIterable(file.waiting())
        .concatMap(
            fact ->
                publisher
                    .send(fact.event())
                    .contextWrite(Traces.causedBy(fact.trace()))
                    .then(cases.change(file.inquiryId(), known -> known.sent(fact.event()))))
        .then();
  }

  private Mono<Void> forget(String marker) {
    return Mono.from(unsent.deleteOne(Filters.eq("_id", marker))).then();
  }
}

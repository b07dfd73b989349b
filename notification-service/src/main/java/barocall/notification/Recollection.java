package barocall.notification;

import barocall.city.Cities;
import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Topic;
import barocall.kit.rebuild.Batch;
import barocall.kit.rebuild.Batch.Recorded;
import barocall.kit.rebuild.Folding;
import barocall.kit.rebuild.Projection;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.cases.LeftUnsent;
import barocall.notification.cases.Watcher;
import barocall.notification.deliveries.DeliveriesBefore;
import barocall.notification.deliveries.Occasions;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Cases, lists and deliveries as the topics tell them. Nobody is told: whoever should have been by
 * what the service has handled counts as told.
 */
final class Recollection implements Projection {
  static final Set<Topic> DELIVERED =
      EnumSet.of(
          Topic.CALL_RECEIVED,
          Topic.INQUIRY_DESCRIBED,
          Topic.INQUIRY_ASSIGNED,
          Topic.INQUIRY_RESOLVED,
          Topic.ANSWER_CORRECTED,
          Topic.COMPLAINT_ESCALATED,
          Topic.COMPLAINT_ACKNOWLEDGED,
          Topic.COMPLAINT_RETURNED,
          Topic.RECALL_REQUESTED,
          Topic.COMPLAINT_RECALLED,
          Topic.COMPLAINT_REMINDED,
          Topic.INQUIRY_REOPENED);

  private final Cities cities;
  private final Cases cases;
  private final List<Watcher> watchers;
  private final List<Occasions> occasions;
  private final DeliveriesBefore deliveries;
  private final MongoDatabase database;

  Recollection(
      Cities cities,
      Cases cases,
      List<Watcher> watchers,
      List<Occasions> occasions,
      DeliveriesBefore deliveries,
      MongoDatabase database) {
    this.cities = cities;
    this.cases = cases;
    this.watchers = List.copyOf(watchers);
    this.occasions = List.copyOf(occasions);
    this.deliveries = deliveries;
    this.database = database;
  }

  @Override
  public Set<Topic> topics() {
    return topicsOf();
  }

  /** What is delivered to the service, and which of it was told. */
  static Set<Topic> topicsOf() {
    Set<Topic> topics = EnumSet.copyOf(DELIVERED);
    topics.add(Topic.DEPARTMENT_TOLD);
    return topics;
  }

  @Override
  public Set<Topic> delivered() {
    return DELIVERED;
  }

  @Override
  public void fold(Batch batch) {
    Folding.each(batch, records -> recall(records, this::settled));
  }

  /** Whoever such a fact calls for will be told of it, so only cases and lists know it. */
  @Override
  public void foldUnhandled(Batch batch) {
    Folding.each(batch, records -> recall(records, (fact, file) -> Mono.empty()));
  }

  private Mono<Void> recall(
      List<Recorded> records, BiFunction<InquiryEvent, CaseFile, Mono<Void>> then) {
    List<InquiryEvent> all = records.stream().map(it -> (InquiryEvent) it.event()).toList();
    if (cities.city(all.get(0).cityId()).isEmpty()) {
      return Mono.empty();
    }
    List<InquiryEvent> facts =
        all.stream().filter(event -> !(event instanceof DepartmentTold)).toList();
    return noted(facts, then)
        .thenMany(Flux.fromIterable(all))
        .ofType(DepartmentTold.class)
        .concatMap(deliveries::ended)
        .then();
  }

  private Mono<Void> noted(
      List<InquiryEvent> facts, BiFunction<InquiryEvent, CaseFile, Mono<Void>> then) {
    if (facts.isEmpty()) {
      return Mono.empty();
    }
    return cases
        .change(facts.get(0).about(), file -> withAll(file, facts))
        .flatMap(
            file ->
                Flux.fromIterable(watchers)
                    .concatMap(watcher -> watcher.changed(file))
                    .thenMany(Flux.fromIterable(facts))
                    .concatMap(fact -> then.apply(fact, file))
                    .then());
  }

  private static CaseFile withAll(CaseFile file, List<InquiryEvent> facts) {
    CaseFile more = file;
    for (InquiryEvent fact : facts) {
      more = more.told(fact);
    }
    return more;
  }

  /** The service has handled the fact: whoever it calls for was told. */
  private Mono<Void> settled(InquiryEvent fact, CaseFile file) {
    return Mono.justOrEmpty(cities.city(fact.cityId()))
        .flatMapMany(
            city ->
                Flux.fromIterable(occasions)
                    .concatMap(
                        occasion -> deliveries.calledFor(fact, occasion.of(fact, file, city))))
        .then();
  }

  /** What was decided and not sent, and what waits for its mail server, goes out afterwards. */
  @Override
  public void takeOver(MongoDatabase present) {
    LeftUnsent.takeOver(present, database).then(deliveries.takeOver(present)).block();
  }
}

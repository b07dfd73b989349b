package barocall.notification;

import barocall.city.Cities;
import barocall.city.City;
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
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Cases, lists and deliveries as the topics tell them. Nobody is told: whoever should have been
 * counts as told.
 */
final class Recollection implements Projection {
  private static final Set<Topic> TOPICS =
      EnumSet.of(
          Topic.CALL_RECEIVED,
          Topic.INQUIRY_DESCRIBED,
          Topic.INQUIRY_ASSIGNED,
          Topic.INQUIRY_RESOLVED,
          Topic.COMPLAINT_ESCALATED,
          Topic.COMPLAINT_ACKNOWLEDGED,
          Topic.COMPLAINT_RETURNED,
          Topic.COMPLAINT_REMINDED,
          Topic.INQUIRY_REOPENED,
          Topic.DEPARTMENT_TOLD);

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
    return TOPICS;
  }

  @Override
  public void fold(Batch batch) {
    Folding.each(batch, this::recall);
  }

  private Mono<Void> recall(List<Recorded> records) {
    List<InquiryEvent> all = records.stream().map(it -> (InquiryEvent) it.event()).toList();
    Optional<City> city = cities.city(all.get(0).cityId());
    if (city.isEmpty()) {
      return Mono.empty();
    }
    List<InquiryEvent> facts =
        all.stream().filter(event -> !(event instanceof DepartmentTold)).toList();
    return noted(facts, city.get())
        .thenMany(Flux.fromIterable(all))
        .ofType(DepartmentTold.class)
        .concatMap(deliveries::ended)
        .then();
  }

  private Mono<Void> noted(List<InquiryEvent> facts, City city) {
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
                    .concatMap(fact -> calledFor(fact, file, city))
                    .then());
  }

  private static CaseFile withAll(CaseFile file, List<InquiryEvent> facts) {
    CaseFile more = file;
    for (InquiryEvent fact : facts) {
      more = more.told(fact);
    }
    return more;
  }

  private Mono<Void> calledFor(InquiryEvent fact, CaseFile file, City city) {
    return Flux.fromIterable(occasions)
        .concatMap(occasion -> deliveries.calledFor(fact, occasion.of(fact, file, city)))
        .then();
  }

  /** What was decided and not sent, and what waits for its mail server, goes out afterwards. */
  @Override
  public void takeOver(MongoDatabase present) {
    LeftUnsent.takeOver(present, database).then(deliveries.takeOver(present)).block();
  }
}

package barocall.notification.reminders;

import static com.mongodb.client.model.Filters.lte;

import barocall.city.Cities;
import barocall.kit.store.SharedTrips;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Standing;
import barocall.notification.cases.Watcher;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * When each open complaint is looked at next: one small document each, gone when it is closed. One
 * that is out of date only makes somebody look.
 */
@Repository
class MongoReminders implements Watcher {
  private final MongoCollection<Document> reminders;
  private final SharedTrips trips;
  private final Cities cities;
  private final ReminderPlan plan;
  private final Clock clock;

  MongoReminders(MongoDatabase database, Cities cities, ReminderSettings settings, Clock clock) {
    this.reminders = database.getCollection("reminders");
    this.trips = new SharedTrips(reminders);
    this.cities = cities;
    this.plan = settings.plan();
    this.clock = clock;
  }

  /** Ids of the inquiries that have to be looked at by then. */
  Flux<String> due(Instant by) {
    return Flux.from(reminders.find(lte("at", Date.from(by))))
        .map(document -> document.getString("inquiryId"))
        .distinct();
  }

  @Override
  public Mono<Void> changed(CaseFile file) {
    return Flux.fromIterable(file.standings())
        .concatMap(standing -> note(file.inquiryId(), standing))
        .then();
  }

  private Mono<?> note(String inquiryId, Standing standing) {
    String id = inquiryId + "/" + standing.escalation().step();
    return cities
        .city(standing.escalation().cityId())
        .flatMap(city -> plan.next(standing, city, clock.instant()))
        .<Mono<?>>map(
            next ->
                trips.put(
                    new Document("_id", id)
                        .append("inquiryId", inquiryId)
                        .append("at", Date.from(next.at()))))
        .orElseGet(() -> trips.remove(id));
  }
}

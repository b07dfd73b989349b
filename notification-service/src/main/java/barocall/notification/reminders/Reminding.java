package barocall.notification.reminders;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintReminded;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Decisions;
import barocall.notification.cases.Standing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Reminds whoever is due. The letters follow from the events, as all letters do. */
@Component
public class Reminding {
  private static final Logger LOG = LoggerFactory.getLogger(Reminding.class);

  private final MongoReminders reminders;
  private final Decisions decisions;
  private final Cities cities;
  private final ReminderPlan plan;
  private final Clock clock;

  Reminding(
      MongoReminders reminders,
      Decisions decisions,
      Cities cities,
      ReminderSettings settings,
      Clock clock) {
    this.reminders = reminders;
    this.decisions = decisions;
    this.cities = cities;
    this.plan = settings.plan();
    this.clock = clock;
  }

  /** Looks at what is due now; completes with how many cases went well. */
  public Mono<Long> remind() {
    Instant now = clock.instant();
    return reminders
        .due(now)
        .collectList()
        .flatMapIterable(ids -> ids)
        .concatMap(
            id ->
                decisions
                    .decide(id, file -> reminded(file, now))
                    .flatMap(decisions::followed)
                    .thenReturn(id)
                    .onErrorResume(
                        failure -> {
                          LOG.warn(
                              "Reminders of {} wait for the next round: {}",
                              id,
                              failure.getClass().getSimpleName());
                          return Mono.empty();
                        }))
        .count();
  }

  private List<ComplaintReminded> reminded(CaseFile file, Instant now) {
    return file.standings().stream()
        .map(standing -> reminded(standing, now))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<ComplaintReminded> reminded(Standing standing, Instant now) {
    ComplaintEscalated escalation = standing.escalation();
    Optional<City> city = cities.city(escalation.cityId());
    return city.flatMap(known -> plan.next(standing, known, now))
        .filter(next -> !next.at().isAfter(now))
        .map(
            next ->
                new ComplaintReminded(
                    escalation.inquiry(),
                    now,
                    escalation.step(),
                    next.kind(),
                    next.number(),
                    escalation.department(),
                    escalation.dueAt()));
  }
}

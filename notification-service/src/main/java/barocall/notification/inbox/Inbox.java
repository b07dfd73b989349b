package barocall.notification.inbox;

import barocall.city.City;
import barocall.contract.Event.InquiryEvent;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.cases.Decisions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Carries out what officers do: the judgement and the store of what it decided. */
@Component
class Inbox {
  private final Cases cases;
  private final Decisions decisions;
  private final Clock clock;

  Inbox(Cases cases, Decisions decisions, Clock clock) {
    this.cases = cases;
    this.decisions = decisions;
    this.clock = clock;
  }

  /** What an action came to, and the case as it stands then. */
  record Outcome(Verdict verdict, CaseFile file) {}

  Mono<Outcome> act(City city, String department, String inquiryId, Action action, String officer) {
    String name =
        city.department(department).map(it -> it.name().in(city.language())).orElse(department);
    // What cannot succeed leaves no trace in the store; what can is judged again as it is stored.
    return cases
        .file(inquiryId)
        .flatMap(
            file -> {
              // Departments of several cities may bear the same id.
              if (!isOf(city, file)) {
                return Mono.just(new Outcome(new Verdict.Unknown(), file));
              }
              Verdict first =
                  Judgement.of(file, department, name, action, officer, clock.instant());
              return first instanceof Verdict.Done
                  ? carriedOut(inquiryId, department, name, action, officer)
                  : Mono.just(new Outcome(first, file));
            });
  }

  private static boolean isOf(City city, CaseFile file) {
    return file.inquiry().filter(inquiry -> inquiry.city().equals(city.id())).isPresent();
  }

  private Mono<Outcome> carriedOut(
      String inquiryId, String department, String name, Action action, String officer) {
    var verdict = new AtomicReference<Verdict>();
    return decisions
        .decide(
            inquiryId,
            file -> {
              Verdict judged =
                  Judgement.of(file, department, name, action, officer, clock.instant());
              verdict.set(judged);
              return judged instanceof Verdict.Done done ? done.events() : List.<InquiryEvent>of();
            })
        .map(file -> new Outcome(verdict.get(), file));
  }
}

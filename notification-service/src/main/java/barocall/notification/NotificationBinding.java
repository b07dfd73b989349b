package barocall.notification;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Event;
import barocall.contract.Event.InquiryEvent;
import barocall.kit.events.Delivered;
import barocall.kit.events.RefusedEventException;
import barocall.kit.tracing.Traces;
import barocall.notification.cases.CaseFile;
import barocall.notification.cases.Cases;
import barocall.notification.cases.Decisions;
import barocall.notification.cases.Recalls;
import barocall.notification.deliveries.Telling;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Every fact goes into its case file; then the lists follow, then whoever has to know is told. */
@Configuration(proxyBeanMethods = false)
class NotificationBinding {
  @Bean
  Consumer<List<Delivered>> onEvents(
      Cities cities,
      Cases cases,
      Decisions decisions,
      Telling telling,
      Traces traces,
      Clock clock) {
    return Delivered.to(
        event -> {
          City city = cityOf(event, cities);
          if (!(event instanceof InquiryEvent fact)) {
            return Mono.empty();
          }
          // Of a fact that only lost its words everybody was told when it had them.
          AtomicBoolean isOnlyErased = new AtomicBoolean();
          return cases
              .change(
                  fact.about(),
                  file -> {
                    isOnlyErased.set(Event.isErased(fact) && file.knows(fact));
                    return file.told(fact);
                  })
              .flatMap(
                  file ->
                      decisions
                          .followed(file)
                          .then(recalled(fact, file, decisions, clock))
                          .then(
                              Mono.defer(
                                  () ->
                                      isOnlyErased.get()
                                          ? Mono.empty()
                                          : telling.of(fact, file, city))));
        },
        traces);
  }

  /** Wishes of the desk are granted as the case then stands, which is judged again as it is. */
  private static Mono<Void> recalled(
      InquiryEvent fact, CaseFile file, Decisions decisions, Clock clock) {
    return Recalls.of(file, clock.instant()).isEmpty()
        ? Mono.empty()
        : decisions.decide(fact.about(), known -> Recalls.of(known, clock.instant())).then();
  }

  private static City cityOf(Event event, Cities cities) {
    return cities
        .city(event.cityId())
        .orElseThrow(
            () -> new RefusedEventException("no city file has the id that the event names"));
  }
}

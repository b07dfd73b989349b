package barocall.routing.cases;

import barocall.access.Vault;
import barocall.city.Cities;
import barocall.kit.events.Delivered;
import barocall.kit.events.EventPublisher;
import barocall.kit.metrics.Sampling;
import barocall.kit.tracing.Traces;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What decides, and what feeds it. */
@Configuration(proxyBeanMethods = false)
class CasesConfiguration {
  @Bean
  MongoCases mongoCases(MongoDatabase database, Sampling sampling) {
    MongoCases store = new MongoCases(database);
    sampling.gauge(
        "barocall.decisions.unsent",
        "Decisions of people that are stored and wait to be sent",
        Tags.empty(),
        store.countMarks());
    return store;
  }

  @Bean
  NameHashes nameHashes(Vault vault) {
    return NameHashes.by(vault);
  }

  @Bean
  Cases cases(
      MongoCases store,
      EventPublisher publisher,
      Cities cities,
      NameHashes names,
      Clock clock,
      @Value("${barocall.desk.grace:30m}") Duration grace) {
    return new Cases(store, publisher, cities, names, clock, grace);
  }

  @Bean(destroyMethod = "close")
  Rounds rounds(Cases cases, @Value("${barocall.routing.rounds:3s}") Duration every) {
    return new Rounds(cases, every);
  }

  @Bean
  Consumer<List<Delivered>> decideCases(Cases cases, Watching watching, Traces traces) {
    return Delivered.to(event -> cases.on(event, watching), traces);
  }
}

package barocall.routing.cases;

import barocall.access.Vault;
import barocall.city.Cities;
import barocall.kit.rebuild.Projection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** What a rebuild of the cases is made of. Only a process that rebuilds takes it in. */
public class CasesRebuildConfiguration {
  @Bean
  Projection casesFromTopics(
      MongoDatabase database,
      Cities cities,
      Vault vault,
      Clock clock,
      @Value("${barocall.desk.grace:30m}") Duration grace) {
    return new Recollection(
        new Cases(
            new MongoCases(database),
            event -> Mono.error(new IllegalStateException("a rebuild tells nobody")),
            cities,
            NameHashes.by(vault),
            clock,
            grace));
  }
}

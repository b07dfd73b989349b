package barocall.routing.search;

import barocall.access.Vault;
import barocall.city.Cities;
import barocall.routing.cases.Case;
import barocall.routing.cases.Clue;
import barocall.routing.cases.MongoCases;
import barocall.routing.cases.MongoCases.Change;
import barocall.routing.cases.NameHashes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where the words of cases lie, and how often they are followed. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {
  @Bean
  Source searchedCases(MongoCases store) {
    return new InStore(store);
  }

  /** A store that is rebuilt has another name, so its words are indexed anew. */
  @Bean(destroyMethod = "close")
  Indexes caseIndexes(
      Source source,
      Cities cities,
      MongoDatabase database,
      Clock clock,
      @Value("${barocall.desk.search-path}") Path folder,
      @Value("${barocall.instance:0}") int instance,
      @Value("${barocall.desk.search-every:1s}") Duration every) {
    return new Indexes(
        source,
        cities,
        folder.resolve("routing-" + instance).resolve(database.getName()),
        clock,
        every);
  }

  @Bean
  Search search(Source source, Indexes indexes, NameHashes names, Vault vault) {
    return new Search(source, indexes, names, vault);
  }

  private record InStore(MongoCases store) implements Source {
    @Override
    public Mono<Case> find(String inquiryId) {
      return store.find(inquiryId);
    }

    @Override
    public Flux<String> byClue(String city, Clue clue, int atMost) {
      return store.byClue(city, clue, atMost);
    }

    @Override
    public Flux<String> ofCaller(String city, String telephoneHash) {
      return store.ofCaller(city, telephoneHash);
    }

    @Override
    public Flux<Change> changesSince(String city, Instant since, int atMost) {
      return store.changesSince(city, since, atMost);
    }

    @Override
    public Mono<Void> forgetChangesBefore(String city, Instant before) {
      return store.forgetChangesBefore(city, before);
    }

    @Override
    public Flux<Case> casesAfter(String city, String id, int atMost) {
      return store.casesAfter(city, id, atMost);
    }
  }
}

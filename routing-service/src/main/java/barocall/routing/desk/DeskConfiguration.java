package barocall.routing.desk;

import barocall.access.CredentialsFile;
import barocall.access.Vault;
import barocall.city.Cities;
import barocall.kit.events.EventPublisher;
import barocall.kit.security.Access;
import barocall.kit.security.Doors;
import barocall.kit.security.Visitor;
import barocall.kit.web.LiveList;
import barocall.kit.web.LiveStreams;
import barocall.routing.cases.Cases;
import barocall.routing.cases.MongoCases;
import barocall.routing.precedents.Precedents;
import barocall.routing.search.Search;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the desk is made of, and who may use it. */
@Configuration(proxyBeanMethods = false)
class DeskConfiguration {
  @Bean
  Desk desk(
      Cases cases,
      MongoCases store,
      EventPublisher publisher,
      Precedents precedents,
      Search search,
      Cities cities,
      CredentialsFile credentials,
      Vault vault,
      Clock clock) {
    return new Desk(
        cases,
        store,
        publisher,
        precedents,
        search,
        cities,
        credentials,
        vault,
        clock,
        new SecureRandom());
  }

  @Bean
  AnsweredCalls answeredCalls() {
    return new AnsweredCalls();
  }

  /** A list for each city and language. */
  @Bean
  LiveList<Row> liveDesk(LiveStreams streams, Desk desk) {
    return streams.list(
        key -> {
          int slash = key.indexOf('/');
          return desk.list(
                  desk.city(key.substring(0, slash)),
                  Locale.forLanguageTag(key.substring(slash + 1)))
              .map(rows -> rows.stream().map(Row::brief).toList());
        },
        Row::inquiryId);
  }

  /** People only: a channel's key speaks for citizens, never for agents. */
  @Bean
  Doors routingDoors(Access access) {
    return doors ->
        doors
            .pathMatchers("/api/v1/cities/{city}/desk", "/api/v1/cities/{city}/desk/**")
            .access(access.when((visitor, at) -> worksAt(visitor, at.city())))
            .pathMatchers("/{city}/desk")
            .access(access.when((visitor, at) -> worksAt(visitor, at.city())))
            .pathMatchers("/")
            .access(
                access.when(
                    (visitor, at) ->
                        visitor.kind() == Visitor.Kind.AGENT
                            || visitor.kind() == Visitor.Kind.ADMIN));
  }

  private static boolean worksAt(Visitor visitor, String city) {
    return visitor.isAgentOf(city) || visitor.isAdminOf(city);
  }
}

package barocall.intake;

import barocall.access.Vault;
import barocall.city.Cities;
import barocall.contract.Channel;
import barocall.intake.inquiries.Accepting;
import barocall.intake.inquiries.Answers;
import barocall.intake.inquiries.Known;
import barocall.kit.events.EventPublisher;
import barocall.kit.security.Access;
import barocall.kit.security.Doors;
import barocall.kit.web.ServiceUrls;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What intake is made of, and who may use its doors. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }

  @Bean
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Bean
  Accepting accepting(
      EventPublisher publisher, Vault vault, Known known, Clock clock, Ticker ticker) {
    return new Accepting(publisher, vault, known, clock, new SecureRandom(), ticker);
  }

  @Bean
  Answers answers(ServiceUrls urls, Vault vault) {
    return new Answers(urls, vault);
  }

  @Bean
  Doors intakeDoors(Access access) {
    return doors ->
        doors
            .pathMatchers(HttpMethod.POST, "/api/v1/cities/{city}/history")
            .access(
                access.when(
                    (visitor, at) ->
                        visitor.speaksForAll(at.city()) || visitor.isAdminOf(at.city())))
            .pathMatchers(
                HttpMethod.POST,
                "/api/v1/cities/{city}/calls",
                "/api/v1/cities/{city}/calls/{callId}/answer",
                "/api/v1/cities/{city}/calls/{callId}/end",
                "/api/v1/cities/{city}/agents/{agent}/state")
            .access(access.when((visitor, at) -> visitor.speaksFor(at.city(), Channel.TELEPHONE)))
            // Which channel it is stands in the body, so the door itself looks at it.
            .pathMatchers(HttpMethod.POST, "/api/v1/cities/{city}/inquiries")
            .access(access.when((visitor, at) -> visitor.isChannelOf(at.city())))
            .pathMatchers("/api/v1/receipts/**")
            .permitAll()
            .pathMatchers(HttpMethod.GET, "/", "/receipts", "/receipts/**", "/{city}")
            .permitAll()
            .pathMatchers(HttpMethod.HEAD, "/", "/receipts", "/receipts/**", "/{city}")
            .permitAll()
            .pathMatchers(HttpMethod.POST, "/receipts", "/receipts/**", "/{city}")
            .permitAll();
  }
}

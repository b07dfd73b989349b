package barocall.intake;

import barocall.access.Vault;
import barocall.city.Cities;
import barocall.intake.inquiries.Accepting;
import barocall.intake.inquiries.Answers;
import barocall.intake.inquiries.Known;
import barocall.kit.events.EventPublisher;
import barocall.kit.security.Access;
import barocall.kit.security.Doors;
import barocall.kit.web.CityNames;
import barocall.kit.web.ServiceUrls;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** What intake is made of, and who may use its doors. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }

  @Bean
  CityNames cityNames(Cities cities) {
    return (id, locale) -> cities.city(id).map(city -> city.name().in(locale)).orElse(id);
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

  /** A number is no text and a text no number: whoever mixes them up is told so. */
  @Bean
  JsonMapperBuilderCustomizer strictBodies() {
    return json ->
        json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(
                LogicalType.Textual,
                text ->
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
  }

  @Bean
  Doors intakeDoors(Access access) {
    return doors ->
        doors
            .pathMatchers(HttpMethod.POST, "/api/v1/cities/{city}/history")
            .access(
                access.when(
                    (visitor, at) ->
                        visitor.isChannelOf(at.city()) || visitor.isAdminOf(at.city())))
            .pathMatchers(
                HttpMethod.POST,
                "/api/v1/cities/{city}/calls",
                "/api/v1/cities/{city}/calls/{callId}/answer",
                "/api/v1/cities/{city}/calls/{callId}/end",
                "/api/v1/cities/{city}/agents/{agent}/state",
                "/api/v1/cities/{city}/inquiries")
            .access(access.when((visitor, at) -> visitor.isChannelOf(at.city())))
            .pathMatchers("/api/v1/receipts/**")
            .permitAll()
            .pathMatchers(HttpMethod.GET, "/", "/receipts", "/receipts/**", "/{city}")
            .permitAll()
            .pathMatchers(HttpMethod.POST, "/receipts", "/receipts/**", "/{city}")
            .permitAll();
  }
}

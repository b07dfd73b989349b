package barocall.analytics;

import barocall.city.Cities;
import barocall.kit.security.Access;
import barocall.kit.security.Doors;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The cities, and who may see their figures: their administrators. */
@Configuration(proxyBeanMethods = false)
class AnalyticsConfiguration {
  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }

  @Bean
  Doors analyticsDoors(Access access) {
    return doors ->
        doors
            .pathMatchers("/api/v1/cities/{city}/**")
            .access(access.when((visitor, at) -> visitor.isAdminOf(at.city())))
            .pathMatchers("/")
            .authenticated()
            .pathMatchers("/{city}", "/{city}/**")
            .access(access.when((visitor, at) -> visitor.isAdminOf(at.city())));
  }
}

package barocall.routing;

import barocall.city.Cities;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all of routing rests on. */
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
  @Bean
  Cities cities(@Value("${barocall.cities}") Path folder) {
    return Cities.load(folder);
  }
}

package barocall.routing;

import barocall.city.Cities;
import barocall.kit.web.CityNames;
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

  @Bean
  CityNames cityNames(Cities cities) {
    return (id, locale) -> cities.city(id).map(city -> city.name().in(locale)).orElse(id);
  }
}

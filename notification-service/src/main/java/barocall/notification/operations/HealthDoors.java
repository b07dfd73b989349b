package barocall.notification.operations;

import barocall.city.Cities;
import barocall.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** For the administrator: what the health of each service says. */
@RestController
class HealthDoors {
  private final Cities cities;
  private final Healths healths;

  HealthDoors(Cities cities, Healths healths) {
    this.cities = cities;
    this.healths = healths;
  }

  @Operation(summary = "What the health of each service says")
  @GetMapping("/api/v1/cities/{city}/services")
  Mono<List<Healths.Health>> services(@PathVariable String city) {
    return cities.city(city).map(known -> healths.all()).orElseThrow(ProblemException::notFound);
  }
}

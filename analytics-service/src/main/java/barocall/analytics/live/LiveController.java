package barocall.analytics.live;

import barocall.city.Cities;
import barocall.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The live picture as a stream. */
@RestController
class LiveController {
  private final Cities cities;
  private final Pictures pictures;

  LiveController(Cities cities, Pictures pictures) {
    this.cities = cities;
    this.pictures = pictures;
  }

  @Operation(
      summary =
          "Server-sent events: the whole picture at once, then at most once a second when something changed")
  @GetMapping(value = "/api/v1/cities/{city}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<String>> live(@PathVariable String city) {
    if (cities.city(city).isEmpty()) {
      throw ProblemException.notFound();
    }
    return pictures.shared().of(city);
  }
}

package barocall.intake.calls;

import barocall.city.Cities;
import barocall.city.City;
import barocall.intake.inquiries.Accepting;
import barocall.intake.inquiries.Answers;
import barocall.intake.inquiries.Known;
import barocall.intake.inquiries.Refusals;
import barocall.kit.events.EventPublisher;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The exchange's doors. */
@RestController
@RequestMapping("/api/v1/cities/{city}")
class CallsController {
  private final Cities cities;
  private final Accepting accepting;
  private final Tellings tellings;
  private final Answers answers;
  private final EventPublisher publisher;
  private final Clock clock;

  CallsController(
      Cities cities,
      Accepting accepting,
      Known known,
      Answers answers,
      EventPublisher publisher,
      Clock clock) {
    this.cities = cities;
    this.accepting = accepting;
    this.tellings = new Tellings(accepting, known);
    this.answers = answers;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Operation(summary = "A call rings")
  @PostMapping("/calls")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Answers.Answer> call(
      @PathVariable("city") String cityId, @RequestBody CallBodies.Call body) {
    City city = Refusals.city(cities, cityId);
    CallBodies.Read call = body.read(city);
    return accepting.acceptCall(city, call.callId(), call.draft(), call.at()).map(answers::ofCall);
  }

  @Operation(summary = "An agent answers a call")
  @PostMapping("/calls/{callId}/answer")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> answer(
      @PathVariable("city") String cityId,
      @PathVariable String callId,
      @RequestBody CallBodies.Answer body) {
    City city = Refusals.city(cities, cityId);
    return accepting
        .call(city, callId)
        .map(inquiry -> body.read(inquiry, now()))
        .flatMap(tellings::say);
  }

  @Operation(summary = "A call is over")
  @PostMapping("/calls/{callId}/end")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> end(
      @PathVariable("city") String cityId,
      @PathVariable String callId,
      @RequestBody CallBodies.End body) {
    City city = Refusals.city(cities, cityId);
    return accepting
        .call(city, callId)
        .map(inquiry -> body.read(inquiry, city, now()))
        .flatMap(tellings::say);
  }

  @Operation(summary = "An agent's telephone is in another state")
  @PostMapping("/agents/{agent}/state")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> state(
      @PathVariable("city") String cityId,
      @PathVariable String agent,
      @RequestBody CallBodies.State body) {
    City city = Refusals.city(cities, cityId);
    return publisher.send(body.read(city, agent, now()));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}

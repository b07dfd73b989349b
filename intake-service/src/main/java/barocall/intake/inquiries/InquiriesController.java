package barocall.intake.inquiries;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Door;
import barocall.intake.words.Reading;
import barocall.kit.security.Access;
import barocall.kit.security.Visitor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The door for every written channel. */
@RestController
class InquiriesController {
  private final Cities cities;
  private final Accepting accepting;
  private final Answers answers;

  InquiriesController(Cities cities, Accepting accepting, Answers answers) {
    this.cities = cities;
    this.accepting = accepting;
    this.answers = answers;
  }

  @Operation(summary = "An inquiry comes in by web, text message, fax, e-mail or another channel")
  @PostMapping("/api/v1/cities/{city}/inquiries")
  @ResponseStatus(HttpStatus.CREATED)
  Mono<Answers.Answer> post(
      @PathVariable("city") String cityId,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
      @RequestBody InquiryBody body,
      @Parameter(hidden = true) @AuthenticationPrincipal Visitor visitor) {
    City city = Refusals.city(cities, cityId);
    Reading reading = new Reading();
    String own = key == null ? null : reading.key("Idempotency-Key", key);
    Draft draft = Draft.of(body, city, reading);
    Access.require(visitor.speaksFor(city.id(), draft.channel()));
    return accepting
        .accept(city, Door.INQUIRIES, own, body, draft)
        .map(accepted -> answers.of(accepted, city));
  }
}

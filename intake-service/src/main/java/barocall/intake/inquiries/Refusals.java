package barocall.intake.inquiries;

import barocall.city.Cities;
import barocall.city.City;
import barocall.intake.words.Wrong;
import barocall.intake.words.WrongInputException;
import barocall.kit.web.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;

/** How a refusal is said over HTTP. */
public final class Refusals {
  private Refusals() {}

  /** What is wrong, field by field: 413 if something is only too long, else 400. */
  public static ProblemException of(WrongInputException wrong) {
    List<ProblemException.FieldError> fields =
        wrong.wrongs().stream()
            .map(it -> new ProblemException.FieldError(it.field(), it.message()))
            .toList();
    return wrong.wrongs().stream().allMatch(Wrong::tooLong)
        ? ProblemException.tooLong(fields)
        : ProblemException.badFields(fields);
  }

  /** The key was used for another inquiry that is still remembered. */
  public static ProblemException of(Accepting.OtherWordsException other) {
    return ProblemException.of(HttpStatus.UNPROCESSABLE_CONTENT, "intake.problem.other-words")
        .about(
            List.of(new ProblemException.FieldError("Idempotency-Key", "intake.field.key-used")));
  }

  /** The city of the address, or 404. */
  public static City city(Cities cities, String id) {
    return cities.city(id).orElseThrow(ProblemException::notFound);
  }
}

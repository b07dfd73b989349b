package barocall.intake.inquiries;

import barocall.intake.words.WrongInputException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Turns refusals of the core into problems. */
@ControllerAdvice
class RefusalAdvice {
  @ExceptionHandler
  void wrongInput(WrongInputException wrong) {
    throw Refusals.of(wrong);
  }

  @ExceptionHandler
  void otherWords(Accepting.OtherWordsException other) {
    throw Refusals.of(other);
  }
}

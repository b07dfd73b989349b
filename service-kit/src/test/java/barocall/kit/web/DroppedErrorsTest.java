package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

@ExtendWith(OutputCaptureExtension.class)
class DroppedErrorsTest {
  @Test
  void areSaidInOneLineWithoutWhatTheyQuote(CapturedOutput output) {
    assertThat(new DroppedErrors()).isNotNull();

    Operators.onErrorDropped(new IllegalArgumentException("in: \"my-password\""), Context.empty());

    assertThat(output.getAll())
        .contains("nobody waited", "IllegalArgumentException")
        .doesNotContain("my-password", "\tat " + getClass().getName());
  }
}

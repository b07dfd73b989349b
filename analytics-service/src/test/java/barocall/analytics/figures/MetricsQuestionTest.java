package barocall.analytics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import barocall.kit.web.ProblemException;
import barocall.kit.web.ProblemException.FieldError;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsQuestionTest {
  private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

  @ParameterizedTest
  @CsvSource({
    "'', 2026-11-25, day, from, figures.field.missing",
    "yesterday, 2026-11-25, day, from, figures.field.moment",
    "0000-01-01, 2026-11-25, day, from, figures.field.years",
    "2026-11-24T09:30:30, 2026-11-25, minute, from, figures.field.not-of-minute",
    "2026-11-24T09:30, 2026-11-25, hour, from, figures.field.not-of-hour",
    "2026-11-24T09:30, 2026-11-25, day, from, figures.field.not-of-day",
    "2026-11-24T09:30, 2026-12-25, month, from, figures.field.not-of-month",
    "2026-11-25, 2026-11-24, day, to, figures.field.after-from",
    "2026-01-01, 2026-12-31, minute, to, figures.field.too-many|100000",
    "2026-11-24, 2026-11-25, week, step, 'kit.field.one-of|minute, hour, day, month'",
  })
  void saysWhatIsWrongInWordsOfTheReadersLanguage(
      String from, String to, String step, String field, String message) throws IOException {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> MetricsQuestion.of(from, to, step, null, SEOUL));

    assertThat(problem.errors()).isEqualTo(List.of(new FieldError(field, message)));
    String code = message.split("\\|", -1)[0];
    assertThat(words(code, "")).containsPattern("[가-힣]");
    assertThat(words(code, "_en")).isNotBlank().doesNotContainPattern("[가-힣]");
  }

  /** Files have rows of 1900, and a page of a whole month by minutes. */
  @ParameterizedTest
  @CsvSource({
    "1900-01-01, 2030-01-01, day",
    "0001-02-01, 2030-01-01, month",
    "2026-01-01, 2026-02-01, minute",
    "2023-01-01, 2026-01-01, hour",
  })
  void takesLongTimes(String from, String to, String step) {
    assertThat(MetricsQuestion.of(from, to, step, null, SEOUL).from()).isNotNull();
  }

  @Test
  void namesEachFieldThatIsWrong() {
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class,
            () -> MetricsQuestion.of("yesterday", null, "week", "weather", SEOUL));

    assertThat(problem.errors())
        .extracting(FieldError::field)
        .containsExactlyInAnyOrder("from", "to", "step", "by");
  }

  private static String words(String code, String language) throws IOException {
    String file = (code.startsWith("kit.") ? "/kit-messages" : "/messages") + language;
    Properties words = new Properties();
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                MetricsQuestionTest.class.getResourceAsStream(file + ".properties")),
            StandardCharsets.UTF_8)) {
      words.load(reader);
    }
    return words.getProperty(code, "");
  }
}

package barocall.intake.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.access.Words;
import barocall.contract.Channel;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private final Reading reading = new Reading();

  @Test
  void wordsComeOutCleanedAndMasked() {
    assertThat(reading.text("text", " a\u0000b\r\nc\rd\u2028e\tf \uFEFF"))
        .isEqualTo("ab\nc\nd\ne\tf");
    assertThat(reading.line("subject", "a\r\nb\tc")).isEqualTo("a b c");
    assertThat(reading.text("text", "900101-1234567")).isEqualTo("900101-*******");
    assertThat(reading.text("text", " \u0007 ")).isNull();
    reading.check();
  }

  @Test
  void decomposedKoreanStaysAsItCame() {
    assertThat(reading.text("text", "\u1100\u1161")).isEqualTo("\u1100\u1161");
  }

  @Test
  void pairsOfSurrogatesStayAndHalvesAreReplaced() {
    assertThat(reading.text("text", "\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    assertThat(reading.text("text", "a" + '\uD83D' + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void lengthCountsCharactersNotUnits() {
    String longest = "\uD83D\uDE00".repeat(Words.LINE);
    assertThat(reading.line("subject", longest)).isEqualTo(longest);
    assertThat(reading.line("subject", longest + "x")).isNull();
    assertThat(reading.wrongs()).singleElement().matches(Wrong::tooLong);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T14:05:00+09:00, 2026-01-05T05:05:00Z",
    "2026-01-05T05:05Z, 2026-01-05T05:05:00Z",
    "2017-12-31T23:58:03.123-08:00, 2018-01-01T07:58:03.123Z",
  })
  void timesHaveAnOffset(String given, Instant expected) {
    assertThat(reading.time("at", given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "2026-01-05T14:05:00", "1767589500", "9999-12-31T00:00:00Z"})
  void otherTimesAreRefused(String given) {
    assertThat(reading.time("at", given)).isNull();
    assertThat(reading.wrongs()).containsExactly(Wrong.of("at", "kit.field.time"));
  }

  @Test
  void everythingWrongIsSaidAtOnceWithoutTheValues() {
    reading.requiredText("text", null);
    reading.requiredOneOf("channel", Channel.class, "900101-1234567");
    reading.place("place", new GivenPlace(null, 91.0, null));
    assertThatThrownBy(reading::check)
        .isInstanceOfSatisfying(
            WrongInputException.class,
            wrong ->
                assertThat(wrong.wrongs())
                    .extracting(Wrong::field)
                    .isEqualTo(List.of("text", "channel", "place.latitude", "place.longitude")))
        .hasMessageNotContaining("900101");
  }

  @Test
  void anIdMayNotHideAnIdentityNumber() {
    assertThat(reading.id("agent", "agent-1")).isEqualTo("agent-1");
    assertThat(reading.id("agent", "900101-1234567")).isNull();
    assertThat(reading.wrongs()).containsExactly(Wrong.of("agent", "intake.field.id"));
  }

  @Test
  void noCallIsLongerThanADay() {
    assertThat(reading.seconds("talkSeconds", 86_400)).isEqualTo(86_400);
    assertThat(reading.seconds("talkSeconds", 86_401)).isNull();
    assertThat(reading.seconds("talkSeconds", Integer.MAX_VALUE)).isNull();
    assertThat(reading.seconds("talkSeconds", -1)).isNull();
    assertThat(reading.wrongs()).hasSize(3);
  }

  @Test
  void aCallerWithoutANumberIsWithheldAndNotRefused() {
    assertThat(Reach.calling(reading, "calling", "anonymous")).isNull();
    assertThat(Reach.calling(reading, "calling", "+82 10-1234-5678"))
        .isEqualTo(new Reach(null, "+82 10-1234-5678", null));
    reading.check();
  }

  @Test
  void aContactNeedsARealTelephoneAndEmail() {
    Reach.read(reading, "contact", new GivenContact("홍길동", "900101-1234567", "nobody@"));
    assertThat(reading.wrongs())
        .extracting(Wrong::field)
        .containsExactly("contact.telephone", "contact.email");
  }
}

package barocall.routing.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTest {
  @ParameterizedTest
  @ValueSource(strings = {"2611-0482-9138", "261104829138", " 2611 0482 9138 ", "２６１１－０４８２－９１３８"})
  void aReceiptNumberHoweverItIsWritten(String typed) {
    assertThat(wanted(typed).number()).isEqualTo("261104829138");
    assertThat(wanted(typed).words()).isNull();
  }

  @Test
  void aReceiptNumberWithAWrongDigitOrApartIsNone() {
    assertThat(wanted("2611-0482-9137").number()).isNull();
    assertThat(wanted("2611-0482").number()).isNull();
  }

  @Test
  void anInquiryIdAsTypedAndInSmallLetters() {
    Wanted wanted = wanted("Gyeongju-C-01AB");
    assertThat(wanted.inquiryIds()).isEqualTo(List.of("Gyeongju-C-01AB", "gyeongju-c-01ab"));
    assertThat(wanted.words()).isNull();
    assertThat(wanted.name()).isNull();
    assertThat(wanted("cheonan-c-01ab").inquiryIds()).as("of another city").isEmpty();
    assertThat(wanted("gyeongju-c 불국사").inquiryIds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"01012345678", "010-1234-5678", "010 1234 5678", "+82 10-1234-5678"})
  void aTelephoneNumberIsNoWord(String typed) {
    assertThat(wanted(typed).telephone()).isNotNull();
    assertThat(wanted(typed).words()).isNull();
    assertThat(wanted(typed).name()).isNull();
  }

  @Test
  void aNameMayBeWordsAndHasNoDigits() {
    assertThat(wanted("김 민수").name()).isEqualTo("김 민수");
    assertThat(wanted("김 민수").words()).isEqualTo("김 민수");
    assertThat(wanted("원화로 102").name()).isNull();
    assertThat(wanted("원화로 102").words()).isEqualTo("원화로 102");
    assertThat(wanted("가".repeat(61)).name()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "가", "1", "a", "- - -", "가!", "\u0000", "()()"})
  void whatHasLessThanTwoLettersOrDigitsIsTooLittle(String typed) {
    assertThat(Wanted.of(typed, "gyeongju")).isEmpty();
  }

  @Test
  void itDoesNotSayWhatItIs() {
    assertThat(wanted("김민수").toString()).doesNotContain("김민수");
  }

  private static Wanted wanted(String typed) {
    return Wanted.of(typed, "gyeongju").orElseThrow();
  }
}

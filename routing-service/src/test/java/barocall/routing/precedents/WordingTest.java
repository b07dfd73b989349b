package barocall.routing.precedents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final Wording KOREAN = Wording.of(Locale.KOREAN, List.of("가로등", "등"));

  @Test
  void particlesEndingsAndWhatSaysNothingAreLeftOut() {
    assertThat(KOREAN.words("안녕하세요. 여권을 만들려면 어떤 준비물이 필요한지 문의드립니다."))
        .containsExactly("여권", "만들다", "준비물", "필요");
  }

  @Test
  void aCompoundIsOneWordAndFoundByItsParts() {
    assertThat(KOREAN.words("준비물이 필요합니다")).containsExactly("준비물", "필요");
    assertThat(KOREAN.wordsAndParts("준비물이 필요합니다")).containsExactly("준비물", "준비", "필요");
  }

  @Test
  void ofALongTextTheBeginningCounts() {
    assertThat(KOREAN.words("여권 " + "가로등 ".repeat(Wording.LONGEST) + "준비물"))
        .containsExactly("여권", "가로등");
  }

  @Test
  void aDoorIsNoInquiry() {
    assertThat(KOREAN.words("화장실 창문의 유리")).containsExactly("화장실", "창문", "유리");
    assertThat(KOREAN.words("문의합니다")).isEmpty();
  }

  @Test
  void aVerbIsTheSameInEveryForm() {
    assertThat(KOREAN.words("가로등이 꺼졌습니다")).containsExactly("가로등", "꺼지다");
    assertThat(KOREAN.words("가로등이 꺼지니 어둡습니다")).containsExactly("가로등", "꺼지다", "어둡다");
  }

  @Test
  void numbersTelephonesAndAddressesAreNoWords() {
    assertThat(KOREAN.words("가로등 23번 010-1234-5678 hong@example.org")).containsExactly("가로등");
  }

  @Test
  void englishIsTakenByItsStems() {
    assertThat(Wording.of(Locale.ENGLISH, List.of()).words("The street lights are broken"))
        .containsExactly("street", "light", "broken");
  }
}

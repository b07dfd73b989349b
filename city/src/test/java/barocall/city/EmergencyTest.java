package barocall.city;

import static barocall.city.SomeCities.GYEONGJU;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmergencyTest {

  @ParameterizedTest
  @CsvSource({
    "불이야! 도와주세요, 119",
    "옆집에 화재가 났어요, 119",
    "어머니가 쓰러지셨어요, 119",
    "칼을 든 사람이 있어요, 112",
    "아이가 납치됐어요, 112",
    "죽고싶어요, 109",
    "죽고 싶다는 말을 해요, 109",
  })
  void dangerToLifeIsFound(String words, String number) {
    assertThat(GYEONGJU.emergency().found(words))
        .extracting(EmergencyHit::number)
        .containsExactly(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "화재보험 서류는 어디서 떼나요",
        "화재 예방 교육을 신청합니다",
        "태풍에 가로수가 쓰러졌어요",
        "칼국수 집 앞 주차 단속해 주세요",
        "가로등이 꺼졌어요",
        "문화재 주변 공사를 하려고 합니다",
        "시의 수익사업을 제안합니다",
        "더 과감하게 투자해서 고쳐 주세요",
        "길고양이 살려주세요",
      })
  void everydayWordsAreNoEmergency(String words) {
    assertThat(GYEONGJU.emergency().found(words)).isEmpty();
  }

  @Test
  void aHarmlessPhraseHidesNothingElse() {
    assertThat(GYEONGJU.emergency().found("화재보험은 들었는데 지금 화재가 났어요"))
        .containsExactly(new EmergencyHit("119", "화재"));
  }

  @Test
  void severalNumbersAreShownTogether() {
    assertThat(GYEONGJU.emergency().found("흉기에 찔려 의식이 없어요"))
        .containsExactly(new EmergencyHit("119", "의식이 없"), new EmergencyHit("112", "흉기"));
  }

  @Test
  void englishWordsAreWholeWords() {
    Emergency newYork = SomeCities.named("newyork").emergency();

    assertThat(newYork.found("My kitchen is ON FIRE")).isNotEmpty();
    assertThat(newYork.found("a car blocks the fire hydrant")).isEmpty();
    assertThat(newYork.found("the begun work")).isEmpty();
  }
}

package barocall.routing.precedents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {
  @ParameterizedTest
  @CsvSource({
    "010-1234-5678로 연락드리겠습니다, (***-****)로 연락드리겠습니다",
    "01012345678, (***-****)",
    "+82 10-1234-5678, (***-****)",
    "(054) 779-8585, (***-****)",
    "054)779-8585, (***-****)",
    "010 - 1234 - 5678, (***-****)",
    "010–1234–5678, (***-****)",
    "010·1234·5678, (***-****)",
    "０１０-1234-5678, (***-****)",
    "hong.gildong@example.co.kr로 보냈습니다, (***@***)로 보냈습니다",
    "홍길동@예시.한국, (***@***)",
  })
  void telephonesAndAddressesGo(String answer, String masked) {
    assertThat(Masks.masked(answer)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "수수료는 53,000원입니다.",
        "2026-11-27 09:00부터 18:00까지 엽니다.",
        "119에 연결해 주십시오.",
        "120번 버스는 3층 304호 앞에 섭니다.",
        "태종로 100-12",
      })
  void whatEverybodyMayReadStays(String answer) {
    assertThat(Masks.masked(answer)).isEqualTo(answer);
  }
}

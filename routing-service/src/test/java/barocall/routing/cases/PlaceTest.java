package barocall.routing.cases;

import static barocall.routing.Calls.GYEONGJU;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @ParameterizedTest
  @CsvSource({
    "태종로 100, 경주시 태종로 100",
    "태종로 100, 경상북도 경주시  태종로100",
    "황성공원, 황성 공원.",
    "태종로 100, 경북 경주시 태종로 100",
    "Main St. 5, MAIN ST 5",
    "황성공원, 황성공원",
  })
  void onePlaceHoweverItIsWritten(String one, String other) {
    assertThat(Place.key(GYEONGJU, other)).isPresent().isEqualTo(Place.key(GYEONGJU, one));
  }

  @ParameterizedTest
  @CsvSource({
    "태종로 100, 태종로 10",
    "태종로 10-1, 태종로 101",
    "황성공원, 황성공원 주차장",
    "황오동, 황남동",
    "노서동 경주시 공영주차장, 황오동 경주시 공영주차장",
    "경주시청, 경주시립도서관"
  })
  void anotherPlace(String one, String other) {
    assertThat(Place.key(GYEONGJU, other)).isNotEqualTo(Place.key(GYEONGJU, one));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " . ", "경주시", "경상북도 경주시", "?"})
  void whatNamesNoPlace(String address) {
    assertThat(Place.key(GYEONGJU, address)).isEmpty();
  }
}

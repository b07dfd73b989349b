package barocall.analytics.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import barocall.city.Cities;
import barocall.city.City;
import barocall.city.CityDoubt;
import barocall.city.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
  private static final Path CITIES = Path.of("..", "cities");
  private static final CityDoubt CHANGED = doubt("changed");
  private static final CityDoubt OTHERS = doubt("others");

  @TempDir private Path folder;

  @BeforeEach
  void twoCities() throws IOException {
    Files.createDirectory(folder.resolve("holidays"));
    for (String file : List.of("gyeongju.yml", "cheonan.yml", "holidays/kr.yml")) {
      Files.copy(CITIES.resolve(file), folder.resolve(file));
    }
  }

  @Test
  void aFileAsItWasHasOnlyItsDoubts() {
    assertThat(findings(Cities.load(folder)))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.kind()).isEqualTo("doubtful"))
        .allSatisfy(it -> assertThat(it.place()).matches("gyeongju\\.yml:\\d+"))
        .extracting(Finding::message)
        .contains("분류 \"기타\"에는 맡는 부서도 규칙도 없습니다.");
  }

  @Test
  void whatWasWrittenSinceTheStartIsNotInForce() throws IOException {
    Cities inForce = Cities.load(folder);
    edit("gyeongju.yml", "email: roads@gyeongju.example", "");

    assertThat(findings(inForce))
        .extracting(Finding::kind, Finding::message)
        .startsWith(tuple("changed", "changed."))
        .contains(tuple("doubtful", "부서 \"도로과\"에는 메일도 웹훅도 없습니다."));
  }

  @Test
  void whatWouldKeepTheServicesFromStartingIsWrong() throws IOException {
    Cities inForce = Cities.load(folder);
    edit("gyeongju.yml", "timeZone: Asia/Seoul", "timeZone: Asia/Soul");

    Finding first = findings(inForce).get(0);
    assertThat(first.kind()).isEqualTo("wrong");
    assertThat(first.message()).contains("Asia/Soul");
    assertThat(first.lang()).isEqualTo("en");
  }

  @Test
  void ofAnotherCitysFileNothingIsToldButThatItIsWrong() throws IOException {
    Cities inForce = Cities.load(folder);
    edit("cheonan.yml", "timeZone: Asia/Seoul", "timeZone: Asia/Soul");

    List<Finding> findings = findings(inForce);
    assertThat(findings.get(0)).extracting(Finding::kind).isEqualTo("wrong");
    assertThat(findings).noneMatch(it -> it.toString().contains("Soul"));
    assertThat(findings).anyMatch(it -> it.kind().equals("doubtful"));
  }

  private List<Finding> findings(Cities inForce) {
    City gyeongju = inForce.city("gyeongju").orElseThrow();
    return Findings.of(
        folder, inForce, gyeongju, LocalDate.parse("2026-11-27"), CHANGED, OTHERS, Locale.KOREAN);
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(from);
    Files.writeString(path, before.replace(from, to));
  }

  private static CityDoubt doubt(String what) {
    return new CityDoubt("gyeongju.yml", 1, new Text(what, what), new Text(what, what));
  }
}

package barocall.traffic;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The expected figures were counted by a program of its own, in another language. */
class RealFilesTest {

  private static final String LA_DECEMBER = "la311-2017-12/MyLA311_2017-12-27_to_31.csv";
  private static final String LA_JANUARY = "la311-2018-01/MyLA311_2018-01.csv";
  private static final String NEW_YORK = "nyc311-2023-02-28/nyc311_2023-02-28.csv";
  private static final String NEW_YORK_POLICE =
      "nyc311-nypd-2015-12/nyc311_nypd_2015-12-11_to_31.csv";

  @Test
  void losAngelesInDecember() {
    Rows rows = read(LA_DECEMBER, "la311");

    assertThat(rows.bad()).isEmpty();
    assertThat(rows.remarks()).isEmpty();
    assertThat(by(rows, HistoryLine::channel))
        .isEqualTo(
            Map.of(
                "telephone",
                4189L,
                "web",
                1621L,
                "mobile",
                2131L,
                "crew",
                2019L,
                "email",
                33L,
                "counter",
                6L));
    assertThat(by(rows, line -> line.receivedAt().toLocalDate().toString()))
        .isEqualTo(
            Map.of(
                "2017-12-27", 1775L,
                "2017-12-28", 3357L,
                "2017-12-29", 2840L,
                "2017-12-30", 1171L,
                "2017-12-31", 856L));
    assertThat(by(rows, line -> line.escalation().department()))
        .isEqualTo(Map.of("BOS", 6891L, "ITA", 123L, "OCB", 2863L, "BSL", 94L, "LADWP", 28L));
    assertThat(by(rows, RealFilesTest::end))
        .isEqualTo(Map.of("done", 9739L, "cancelled", 246L, "referred", 9L, "open", 5L));
    assertThat(by(rows, HistoryLine::category)).containsEntry("Bulky Items", 4432L).hasSize(12);
    assertThat(rows.count(Oddity.ENDS_BEFORE_IT_BEGAN)).isEqualTo(12);
    assertThat(rows.count(Oddity.TIME_TWICE) + rows.count(Oddity.TIME_ABSENT)).isZero();
  }

  @Test
  void losAngelesInJanuary() {
    Rows rows = read(LA_JANUARY, "la311");

    assertThat(rows.bad()).isEmpty();
    assertThat(by(rows, HistoryLine::channel))
        .isEqualTo(
            Map.of(
                "telephone",
                4787L,
                "web",
                1550L,
                "mobile",
                2242L,
                "crew",
                1390L,
                "email",
                22L,
                "counter",
                9L));
    assertThat(by(rows, line -> line.receivedAt().toLocalDate().toString()))
        .isEqualTo(
            Map.of(
                "2018-01-01", 1130L, "2018-01-02", 3975L, "2018-01-03", 4231L, "2018-01-04", 664L));
    assertThat(by(rows, RealFilesTest::end))
        .isEqualTo(Map.of("done", 9711L, "cancelled", 280L, "referred", 9L));
    assertThat(rows.count(Oddity.ENDS_BEFORE_IT_BEGAN)).isEqualTo(13);
  }

  @Test
  void newYork() {
    Rows rows = read(NEW_YORK, "nyc311");

    assertThat(rows.bad()).isEmpty();
    assertThat(by(rows, HistoryLine::channel))
        .isEqualTo(Map.of("telephone", 1589L, "web", 2099L, "mobile", 727L, "other", 584L));
    assertThat(by(rows, line -> line.escalation().department()))
        .containsEntry("HPD", 1801L)
        .containsEntry("NYC311-PRD", 73L)
        .hasSize(13);
    assertThat(by(rows, RealFilesTest::end)).isEqualTo(Map.of("done", 4454L, "open", 545L));
    assertThat(rows.count(Oddity.ENDS_BEFORE_IT_BEGAN)).isEqualTo(2);
    // Of the ended rows, whose answers alone are told.
    assertThat(rows.count(Oddity.WORDS_REPAIRED)).isEqualTo(145);
    assertThat(rows.inquiries().get(0).resolution().answer())
        .contains("the Department of Transportation’s website", "the “Learn More” link");
  }

  @Test
  void newYorksPoliceWithoutAColumnForTheChannel() {
    Rows rows = read(NEW_YORK_POLICE, "nyc311");

    assertThat(rows.bad()).isEmpty();
    assertThat(by(rows, HistoryLine::channel)).isEqualTo(Map.of("other", 20_000L));
    assertThat(by(rows, RealFilesTest::end)).isEqualTo(Map.of("done", 19_875L, "open", 125L));
    assertThat(by(rows, line -> line.receivedAt().toLocalDate().toString()))
        .containsEntry("2015-12-11", 776L)
        .containsEntry("2015-12-12", 1428L);
    assertThat(rows.remarks())
        .containsExactly(
            "The file has no column Open Data Channel Type or Channel Type.",
            "The file has no column Resolution Description.",
            "The file has no column Incident Address or Street Name.");
  }

  private static Rows read(String file, String format) {
    return Rows.of(RepositoryFiles.data(file), RepositoryFiles.format(format));
  }

  private static Map<String, Long> by(Rows rows, Function<HistoryLine, String> what) {
    List<HistoryLine> lines = rows.inquiries();
    return lines.stream().collect(groupingBy(what, counting()));
  }

  private static String end(HistoryLine line) {
    return line.resolution() == null ? "open" : line.resolution().how();
  }
}

package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import barocall.system.Suite.Run;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Past inquiries, imported and then played as if they happened now, counted by the suite and, quite
 * apart from it, by these lines.
 */
@OnTheSuite
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportIT {
  private static final int REPLAYED = 250;

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("MM/dd/yyyy hh:mm:ss a", Locale.US);
  private static final LocalDate FIRST = LocalDate.of(1990, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2035, 1, 1);

  private final Suite suite;

  ImportIT(Suite suite) {
    this.suite = suite;
  }

  /** A real file, and how a person who looks at it would read it. */
  enum Source {
    LOS_ANGELES(
        "la311-2017-12",
        "la311",
        "losangeles",
        ZoneId.of("America/Los_Angeles"),
        "CreatedDate",
        "ClosedDate",
        "RequestSource",
        "RequestType",
        "Owner",
        Map.of(
            "Call", "telephone",
            "Voicemail", "telephone",
            "Self Service", "web",
            "Mobile App", "mobile",
            "Email", "email",
            "Council's Office", "counter",
            "Walk-in", "counter",
            "Driver Self Report", "crew")),
    NEW_YORK(
        "nyc311-2023-02-28",
        "nyc311",
        "newyork",
        ZoneId.of("America/New_York"),
        "Created Date",
        "Closed Date",
        "Open Data Channel Type",
        "Complaint Type",
        "Agency",
        Map.of("PHONE", "telephone", "ONLINE", "web", "MOBILE", "mobile"));

    final String folder;
    final String format;
    final String city;
    final ZoneId zone;
    final String created;
    final String closed;
    final String source;
    final String kind;
    final String department;
    final Map<String, String> channels;

    Source(
        String folder,
        String format,
        String city,
        ZoneId zone,
        String created,
        String closed,
        String source,
        String kind,
        String department,
        Map<String, String> channels) {
      this.folder = folder;
      this.format = format;
      this.city = city;
      this.zone = zone;
      this.created = created;
      this.closed = closed;
      this.source = source;
      this.kind = kind;
      this.department = department;
      this.channels = channels;
    }

    Path file() throws IOException {
      Path data = Suite.home().resolve("../shared/data").resolve(folder);
      assumeTrue(Files.isDirectory(data), "there is no real data in ../shared/data/" + folder);
      try (Stream<Path> files = Files.list(data)) {
        return files.filter(file -> file.toString().endsWith(".csv")).findFirst().orElseThrow();
      }
    }

    List<NamedCsvRecord> rows() throws IOException {
      try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file())) {
        return rows.stream().toList();
      }
    }

    LocalDateTime time(NamedCsvRecord row) {
      return LocalDateTime.parse(row.getField(created), WRITTEN);
    }

    LocalDate day(String written) {
      // Through the zone, because a time that a clock change skips belongs to a later one.
      return LocalDateTime.parse(written, WRITTEN).atZone(zone).toLocalDate();
    }
  }

  /** What a file holds, counted row by row; each key is a day and a value, or a value alone. */
  private static final class Tally {
    long rows;
    long open;
    long calls;
    final Map<String, Long> receivedByChannel = new TreeMap<>();
    final Map<String, Long> resolvedByChannel = new TreeMap<>();
    final Map<String, Long> escalatedByDepartment = new TreeMap<>();
    final Map<String, Long> resolvedByDepartment = new TreeMap<>();
    final Map<String, Long> receivedByCategory = new TreeMap<>();
    final Map<String, Long> resolvedByCategory = new TreeMap<>();

    static Tally of(Source source) throws IOException {
      return of(source, source.rows());
    }

    static Tally of(Source source, List<NamedCsvRecord> rows) {
      Tally tally = new Tally();
      rows.forEach(row -> tally.add(source, row));
      return tally;
    }

    private void add(Source source, NamedCsvRecord row) {
      rows++;
      String day = source.day(row.getField(source.created)).toString();
      String channel = source.channels.getOrDefault(row.getField(source.source), "other");
      String department = row.getField(source.department);
      String kind = row.getField(source.kind);
      one(receivedByChannel, day + " " + channel);
      if (channel.equals("telephone")) {
        calls++;
      }
      one(escalatedByDepartment, day + " " + department);
      one(receivedByCategory, kind);
      String closed = row.getField(source.closed);
      if (closed.isBlank()) {
        open++;
      } else {
        String end = source.day(closed).toString();
        one(resolvedByChannel, end + " " + channel);
        one(resolvedByDepartment, end + " " + department);
        one(resolvedByCategory, kind);
      }
    }

    private static void one(Map<String, Long> counts, String key) {
      counts.merge(key, 1L, Long::sum);
    }
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  @Order(1)
  void totalsAfterAnImportEqualAnIndependentCountOfTheFile(Source source) throws IOException {
    Tally tally = Tally.of(source);
    CityDoors city = suite.city(source.city);

    Run first = load(source);
    assertThat(first.exit()).as(first.out() + first.err()).isZero();
    // Neither city was counted before, and a past call counts as an answered one.
    Totals expected =
        new Totals(
            tally.rows, tally.rows - tally.open, 0, tally.rows, tally.open, 0, 0, tally.calls);
    Patience.await().untilAsserted(() -> assertThat(city.totals()).isEqualTo(expected));
    compare(tally, city);

    Run second = load(source);
    assertThat(second.exit()).as(second.out() + second.err()).isZero();
    awaitCounted(city);
    assertThat(city.totals()).isEqualTo(expected);
    compare(tally, city);
  }

  /**
   * The first rows of Los Angeles, at a speed at which every end lies within the replay. Rules know
   * the departments of its categories, and agents escalate the rest as the file says.
   */
  @Test
  @Order(2)
  void aReplayIsTheFilesRowsHappeningNow() throws IOException {
    Source source = Source.LOS_ANGELES;
    List<NamedCsvRecord> rows =
        source.rows().stream()
            .sorted(
                Comparator.comparing(source::time).thenComparing(row -> row.getField("SRNumber")))
            .limit(REPLAYED)
            .toList();
    Tally tally = Tally.of(source, rows);
    CityDoors city = suite.city(source.city);
    Totals before = city.settledTotals();
    LocalDate today = LocalDate.now(source.zone);
    Map<String, Map<String, Long>> earlier = nowadays(city, today);

    Run replay =
        suite.launch(
            "replay",
            source.file().toString(),
            "--format",
            source.format,
            "--city",
            source.city,
            "--speed",
            "1000000",
            "--limit",
            Integer.toString(REPLAYED),
            "--port-base",
            Integer.toString(suite.portBase()));

    assertThat(replay.exit()).as(replay.out() + replay.err()).isZero();
    Patience.await()
        .untilAsserted(
            () -> {
              Totals since = city.totals().since(before);
              assertThat(since.received()).isEqualTo(tally.rows);
              assertThat(since.escalated()).isEqualTo(tally.rows);
              assertThat(since.resolved()).isEqualTo(tally.rows - tally.open);
              assertThat(since.open()).isEqualTo(tally.open);
              assertThat(since.sinceOpening()).isEqualTo(tally.calls);
            });
    Map<String, Map<String, Long>> now = nowadays(city, today);
    assertThat(less(now.get("received"), earlier.get("received")))
        .isEqualTo(withoutDays(tally.receivedByChannel));
    assertThat(less(now.get("escalated"), earlier.get("escalated")))
        .isEqualTo(withoutDays(tally.escalatedByDepartment));
    assertThat(less(now.get("resolved"), earlier.get("resolved")))
        .isEqualTo(withoutDays(tally.resolvedByDepartment));
  }

  /** Of today, and of the days beside it, should it end meanwhile. */
  private static Map<String, Map<String, Long>> nowadays(CityDoors city, LocalDate today) {
    Map<String, Map<String, Long>> figures = new TreeMap<>();
    Map.of("received", "channel", "escalated", "department", "resolved", "department")
        .forEach(
            (figure, by) -> {
              Map<String, Long> counts = new TreeMap<>();
              for (JsonNode row : city.metrics(today.minusDays(1), today.plusDays(2), "day", by)) {
                if (row.path(figure).asLong() != 0) {
                  counts.merge(row.path(by).asString(), row.path(figure).asLong(), Long::sum);
                }
              }
              figures.put(figure, counts);
            });
    return figures;
  }

  private static Map<String, Long> less(Map<String, Long> now, Map<String, Long> earlier) {
    Map<String, Long> rest = new TreeMap<>(now);
    earlier.forEach((key, count) -> rest.merge(key, -count, Long::sum));
    rest.values().removeIf(count -> count == 0);
    return rest;
  }

  private static Map<String, Long> withoutDays(Map<String, Long> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach(
        (key, count) -> sums.merge(key.substring(key.indexOf(' ') + 1), count, Long::sum));
    return sums;
  }

  private Run load(Source source) throws IOException {
    return suite.launch(
        "import",
        source.file().toString(),
        "--format",
        source.format,
        "--city",
        source.city,
        "--port-base",
        Integer.toString(suite.portBase()));
  }

  /** One more past inquiry of another city goes the same way, behind all that was imported. */
  private void awaitCounted(CityDoors city) {
    CityDoors other = suite.city("gyeongju");
    for (int i = 0; i < 12; i++) {
      long before = other.totals().received();
      String line =
          "{\"id\":\"%s\",\"channel\":\"web\",\"receivedAt\":\"2016-05-04T10:00:00+09:00\"}\n"
              .formatted(CityDoors.fresh("past-" + city.id()));
      Doors.send(
              other.key(),
              "POST",
              other.url(Service.INTAKE, "/history"),
              line,
              Map.of("Content-Type", "application/x-ndjson"))
          .expect(200);
      Patience.await().until(() -> other.totals().received() == before + 1);
    }
  }

  private static void compare(Tally tally, CityDoors city) {
    assertThat(byDay(city, "channel", "received")).isEqualTo(tally.receivedByChannel);
    assertThat(byDay(city, "channel", "resolved")).isEqualTo(tally.resolvedByChannel);
    assertThat(byDay(city, "department", "escalated")).isEqualTo(tally.escalatedByDepartment);
    assertThat(byDay(city, "department", "resolved")).isEqualTo(tally.resolvedByDepartment);
    assertThat(counts(city, "category", "received", ImportIT::value))
        .isEqualTo(tally.receivedByCategory);
    assertThat(counts(city, "category", "resolved", ImportIT::value))
        .isEqualTo(tally.resolvedByCategory);
  }

  private static Map<String, Long> byDay(CityDoors city, String by, String figure) {
    return counts(
        city,
        by,
        figure,
        row ->
            OffsetDateTime.parse(row.path("from").asString()).toLocalDate()
                + " "
                + row.path(by).asString());
  }

  private static String value(JsonNode row) {
    return row.path("category").asString();
  }

  private static Map<String, Long> counts(
      CityDoors city, String by, String figure, Function<JsonNode, String> key) {
    Map<String, Long> counts = new TreeMap<>();
    for (JsonNode row : city.metrics(FIRST, LAST, "day", by)) {
      long count = row.path(figure).asLong();
      if (count != 0) {
        counts.merge(key.apply(row), count, Long::sum);
      }
    }
    return counts;
  }
}

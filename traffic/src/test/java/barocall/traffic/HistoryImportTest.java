package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryImportTest {

  @TempDir Path folder;
  private PretendedIntake intake;
  private List<Path> badRows = List.of();
  private final List<Duration> slept = new ArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final SleptClock clock = new SleptClock();

  @BeforeEach
  void open() throws IOException {
    intake = new PretendedIntake();
    badRows = List.of(folder.resolve("bad.txt"));
  }

  @AfterEach
  void close() {
    intake.close();
  }

  @Test
  void everyRowReachesIntakeOnceHoweverOftenTheFileIsImported() throws Exception {
    Path file = rows(0, 2500);

    ImportReport first = run(file, "good");
    ImportReport second = run(file, "good");

    assertThat(intake.ids()).hasSize(2500);
    assertThat(first.read()).isEqualTo(2500);
    assertThat(first.accepted()).isEqualTo(2500);
    assertThat(second.accepted()).isZero();
    assertThat(second.repeated()).isEqualTo(2500);
    assertThat(intake.requests()).isEqualTo(6);
    assertThat(intake.line("row-7"))
        .isEqualTo(
            new tools.jackson.databind.json.JsonMapper()
                .readTree(
                    """
                    {"id":"row-7","channel":"telephone","receivedAt":"2018-01-02T03:04:05-08:00",
                     "category":"Bulky Items","subject":"Bulky Items",
                     "escalation":{"at":"2018-01-02T03:04:05-08:00","department":"BOS"}}
                    """));
  }

  @Test
  void aLaterExportAddsWhatIsNew() throws Exception {
    run(rows(0, 100), "good");

    ImportReport later = run(rows(50, 150), "good");

    assertThat(later.accepted()).isEqualTo(50);
    assertThat(later.repeated()).isEqualTo(50);
    assertThat(intake.ids()).hasSize(150);
  }

  @Test
  void aBusyIntakeIsWaitedForAsItAsks() throws Exception {
    intake.answerNext(503, 503, 500, 429);

    ImportReport report = run(rows(0, 10), "good");

    assertThat(report.accepted()).isEqualTo(10);
    assertThat(slept)
        .containsExactly(
            Duration.ofSeconds(7),
            Duration.ofSeconds(7),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
  }

  @Test
  void whereNobodyAnswersTheImportEndsSoon() throws Exception {
    Path file = rows(0, 10);
    URI nobody = intake.url();
    intake.close();

    assertThatThrownBy(() -> run(file, "good", nobody, "losangeles"))
        .isInstanceOf(TrafficException.class)
        .hasMessageContaining("Nobody answers at " + nobody)
        .hasMessageContaining("./barocall up");
    assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofMinutes(1));
    assertThat(told).isNotEmpty().allMatch(it -> it.startsWith("Waiting for intake at " + nobody));
  }

  @Test
  void anIntakeInTroubleIsWaitedForAQuarterOfAnHour() throws Exception {
    Path file = rows(0, 10);
    intake.answerNext(Collections.nCopies(60, 500).stream().mapToInt(it -> it).toArray());

    assertThatThrownBy(() -> run(file, "good"))
        .isInstanceOf(TrafficException.class)
        .hasMessageContaining("has taken nothing for 15 minutes")
        .hasMessageContaining("what it has it won't count twice");
    assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isGreaterThan(Duration.ofMinutes(10));
    assertThat(slept)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30)));
  }

  @Test
  void whatIntakeRejectsIsNamedByTheLineOfTheFile() throws Exception {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        "SRNumber,CreatedDate,RequestType\n"
            + "1,2018-01-01 00:00:00,\"two\nlines\"\n\n"
            + "2,never,x\n"
            + "bad-3,2018-01-01 00:00:00,x\n");

    ImportReport report = run(file, "good");

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.bad()).isEqualTo(1);
    assertThat(report.rejected()).isEqualTo(1);
    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .contains(
            "3 rows read in 2.0 s (2 rows/s): 1 accepted, 0 repeated, 1 rejected by intake, 1 bad",
            "Bad: line 5: the time received 'never' fits no date pattern",
            "Rejected by intake: line 6: id: not an id");
  }

  @Test
  void departmentsThatTheCityDoesNotKnowAreNamed() throws Exception {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file, "SRNumber,CreatedDate,Owner\n1,2018-01-01 00:00:00,BOS\n2,2018-01-01 00:00:00,XYZ\n");

    ImportReport report = run(file, "good");

    assertThat(report.unknownDepartments()).isEqualTo(Map.of("XYZ", 1L));
    assertThat(report.accepted()).isEqualTo(2);
  }

  @Test
  void aChunkTooLargeForIntakeIsSentInParts() throws Exception {
    intake.answerNext(413, 413);

    ImportReport report = run(rows(0, 10), "good");

    assertThat(report.accepted()).isEqualTo(10);
    assertThat(intake.requests()).isEqualTo(5);
  }

  @Test
  void aWrongKeyEndsTheImportAtOnce() throws Exception {
    Path file = rows(0, 10);

    assertThatThrownBy(() -> run(file, "bad"))
        .hasMessageContaining("does not let this key in (401)");
    assertThat(slept).isEmpty();
  }

  @Test
  void aCityThatIntakeDoesNotKnowEndsTheImportAtOnce() throws Exception {
    Path file = rows(0, 10);

    assertThatThrownBy(() -> run(file, "good", intake.url(), "atlantis"))
        .hasMessageContaining("does not know this city: There is no such city.");
  }

  @Test
  void manyBadRowsStandInAFileOfTheirOwn() throws Exception {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file, "SRNumber,CreatedDate\n1,never\n2,never\n3,never\n4,2018-01-01 00:00:00\n5,x\n");

    ImportReport report = run(file, "good");

    assertThat(report.bad()).isEqualTo(4);
    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .filteredOn(line -> line.startsWith("Bad"))
        .hasSize(2);
    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .contains("And 2 more: all of them stand in " + folder.resolve("bad.txt"));
    assertThat(Files.readAllLines(folder.resolve("bad.txt")))
        .extracting(line -> line.replaceFirst(": the time.*", ""))
        .containsExactly("Bad: line 2", "Bad: line 3", "Bad: line 4", "Bad: line 6");
  }

  @Test
  void manyBadRowsStandElsewhereWhereTheFilesFolderCantBeWrittenTo() throws Exception {
    Path elsewhere = folder.resolve("data.bad.txt");
    badRows = List.of(folder.resolve("absent/bad.txt"), elsewhere);

    ImportReport report = run(manyBad(), "good");

    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .contains("And 1 more: all of them stand in " + elsewhere);
    assertThat(elsewhere).content().hasLineCount(3);
  }

  @Test
  void whereNoFolderCanBeWrittenToItIsSaid() throws Exception {
    Path nowhere = folder.resolve("absent/bad.txt");
    badRows = List.of(nowhere, folder.resolve("absent too/bad.txt"));

    ImportReport report = run(manyBad(), "good");

    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .contains("And 1 more: " + nowhere + " can't be written (NoSuchFileException)");
  }

  @Test
  void theListOfAnEarlierRunDoesNotStay() throws Exception {
    badRows = List.of(folder.resolve("bad.txt"), folder.resolve("data.bad.txt"));
    for (Path list : badRows) {
      Files.writeString(list, "Bad: line 7: of last week\n");
    }
    // A folder with something in it can't be removed, whoever tries.
    Path stubborn = folder.resolve("stubborn/bad.txt");
    Files.createDirectories(stubborn.resolve("inside"));
    badRows = List.of(badRows.get(0), badRows.get(1), stubborn);

    ImportReport report = run(rows(0, 1), "good");

    assertThat(folder.resolve("bad.txt")).doesNotExist();
    assertThat(folder.resolve("data.bad.txt")).doesNotExist();
    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .contains(stubborn + " is of an earlier run and can't be removed");
  }

  @Test
  void timesThatIntakeTookAsNowAreCounted() throws Exception {
    Path file = folder.resolve("rows.csv");
    Files.writeString(
        file,
        "SRNumber,CreatedDate,ClosedDate\n"
            + "1,2018-01-01 00:00:00,2018-01-02 00:00:00\n"
            + "2,never,\n"
            + "3,2018-01-01 00:00:00,01/01/2099\n"
            + "4,2018-01-01 00:00:00,01/01/2099\n");

    ImportReport report = run(file, "good");

    assertThat(report.accepted()).isEqualTo(3);
    assertThat(report.takenAsNow()).isEqualTo(2);
    assertThat(report.lines(Duration.ofSeconds(2), 0))
        .contains(
            "2 rows with a time that has not come yet, which counts as now; the first stands in line 4");
  }

  private Path manyBad() throws IOException {
    return Files.writeString(
        folder.resolve("rows.csv"), "SRNumber,CreatedDate\n1,never\n2,never\n3,never\n");
  }

  @Test
  void linesOfTheHistoryDoorGoInAsTheyAre() throws Exception {
    String whole =
        """
        {"id":"2","channel":"telephone","receivedAt":"2018-01-02T03:04:05+09:00","abandoned":true}
        """;
    Path file = folder.resolve("past.ndjson");
    Files.writeString(
        file,
        whole + "\nno inquiry\n{\"id\":\"3\",\"channel\":\"web\"}\n{\"id\":\"4\",\"nmae\":1}\n");

    ImportReport report = run(file, "good");

    assertThat(intake.ids()).containsExactly("2");
    assertThat(intake.line("2"))
        .isEqualTo(new tools.jackson.databind.json.JsonMapper().readTree(whole));
    assertThat(report.bad()).isEqualTo(3);
    assertThat(report.lines(Duration.ofSeconds(1), 0))
        .contains("Bad: line 3: not an inquiry as the history door takes it")
        .contains("Bad: line 4: no time received");
  }

  private Path rows(int from, int to) throws IOException {
    StringBuilder csv = new StringBuilder("SRNumber,CreatedDate,Owner,RequestType,RequestSource\n");
    for (int i = from; i < to; i++) {
      csv.append("row-").append(i).append(",01/02/2018 03:04:05 AM,BOS,Bulky Items,Call\n");
    }
    return Files.writeString(folder.resolve("rows-%d-%d.csv".formatted(from, to)), csv);
  }

  private ImportReport run(Path file, String key) throws InterruptedException {
    return run(file, key, intake.url(), "losangeles");
  }

  private ImportReport run(Path file, String key, URI url, String city)
      throws InterruptedException {
    Format format = RepositoryFiles.format("la311");
    HistoryDoor door =
        new HistoryDoor(
            HttpClient.newHttpClient(),
            url.resolve("/api/v1/cities/" + city + "/history"),
            "Bearer " + key,
            Duration.ofMinutes(15),
            clock,
            time -> {
              slept.add(time);
              clock.now = clock.now.plus(time);
            },
            told::add);
    try (BadRows bad = new BadRows(2, badRows);
        PastRows rows =
            file.toString().endsWith(".csv") ? CsvRows.open(file, format) : HistoryFile.open(file);
        Progress progress = Progress.of("import", rows.size(), false, System.err, clock)) {
      ImportReport report = new ImportReport(bad);
      new HistoryImport(door, Set.of("BOS")::contains).run(rows, report, progress);
      return report;
    }
  }

  /** Moves only while the import sleeps. */
  private static final class SleptClock extends Clock {
    private volatile Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

package barocall.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {

  private static final String LA =
      "SRNumber,CreatedDate,Owner,RequestType,Status,RequestSource,ClosedDate,Address,Latitude,Longitude\n";

  @TempDir Path folder;

  @Test
  void aRowIsAPastInquiry() throws IOException {
    Rows rows =
        la(
            "1-87,12/31/2017 11:58:03 PM,BOS,Bulky Items,Cancelled,Self Service,01/03/2018 10:11:23 AM,"
                + "\"2111 W BELLEVUE AVE, 90026\",34.073216645,-118.266861909\n");

    assertThat(rows.told())
        .containsExactly(
            new Reading.Told(
                2,
                new HistoryLine(
                    "1-87",
                    "web",
                    OffsetDateTime.parse("2017-12-31T23:58:03-08:00"),
                    "Bulky Items",
                    "Bulky Items",
                    null,
                    new HistoryLine.Place(
                        "2111 W BELLEVUE AVE, 90026", 34.073216645, -118.266861909),
                    null,
                    new HistoryLine.Escalation(
                        OffsetDateTime.parse("2017-12-31T23:58:03-08:00"), "BOS"),
                    null,
                    new HistoryLine.Resolution(
                        OffsetDateTime.parse("2018-01-03T10:11:23-08:00"),
                        "cancelled",
                        "department",
                        null)),
                java.util.List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SRNumber,CreatedDate",
        "sr_number,created_date",
        "SR Number,Created Date",
        "srnumber,createddate",
        "\ufeffSRNUMBER , Created_Date"
      })
  void columnsAreKnownInAnySpelling(String header) throws IOException {
    Rows rows = rows(header + "\n7,2017-12-31 23:58:03\n", "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::id).containsExactly("7");
  }

  @ParameterizedTest
  @CsvSource({
    "12/31/2017 11:58:03 PM, 2017-12-31T23:58:03-08:00",
    "12/31/2017 11:58:03 pm, 2017-12-31T23:58:03-08:00",
    "7/4/2017 1:05:00 AM, 2017-07-04T01:05:00-07:00",
    "07/04/2017 01:05 AM, 2017-07-04T01:05:00-07:00",
    "2017-12-31 23:58:03, 2017-12-31T23:58:03-08:00",
    "2017-12-31T23:58:03, 2017-12-31T23:58:03-08:00",
    "2017-12-31T23:58:03.000, 2017-12-31T23:58:03-08:00",
    "2018-01-01T07:58:03.000Z, 2017-12-31T23:58:03-08:00",
    "12/31/2017 23:58, 2017-12-31T23:58:00-08:00",
    "12/31/17 23:58, 2017-12-31T23:58:00-08:00",
    "2017-12-31 23:58, 2017-12-31T23:58:00-08:00",
    "2017-12-31T23:58:03.0, 2017-12-31T23:58:03-08:00",
    "2017-12-31 23:58:03.1234567, 2017-12-31T23:58:03.1234567-08:00",
    "2017-12-31 23:58:03 -08:00, 2017-12-31T23:58:03-08:00",
    "2017 Dec 31 11:58:03 PM, 2017-12-31T23:58:03-08:00",
    "2017/12/31 23:58:03, 2017-12-31T23:58:03-08:00",
    "12/31/17 11:58 PM, 2017-12-31T23:58-08:00",
    "1/2/17 9:05:07 am, 2017-01-02T09:05:07-08:00",
    "12/31/17 23:58:03, 2017-12-31T23:58:03-08:00",
    "12-31-2017 11:58:03 PM, 2017-12-31T23:58:03-08:00",
    "12-31-2017 11:58 PM, 2017-12-31T23:58-08:00",
    "12-31-2017 23:58:03, 2017-12-31T23:58:03-08:00",
    "12-31-2017 23:58, 2017-12-31T23:58-08:00",
    "2017-12-31 11:58:03 PM, 2017-12-31T23:58:03-08:00",
    "2017-12-31 11:58 PM, 2017-12-31T23:58-08:00",
    "2017-12-31 12:05:00 AM, 2017-12-31T00:05-08:00",
    "12/31/2017, 2017-12-31T00:00-08:00",
    "2017-12-31, 2017-12-31T00:00-08:00",
  })
  void timesAreReadInEveryWayThatTheyAreWritten(String written, String meant) throws IOException {
    OffsetDateTime angeles = OffsetDateTime.parse(meant);
    for (String header : List.of("SRNumber,CreatedDate", "Unique Key,Created Date")) {
      String format = header.startsWith("SR") ? "la311" : "nyc311";

      Rows rows = rows(header + "\n7," + written + "\n", format);

      assertThat(rows.inquiries())
          .extracting(HistoryLine::receivedAt)
          .as(format)
          .containsExactly(
              // What names its offset is the same moment in both cities, the rest the same hour.
              format.equals("la311")
                  ? angeles
                  : written.matches(".*(Z|[-+]..:..)")
                      ? angeles.atZoneSameInstant(ZoneId.of("America/New_York")).toOffsetDateTime()
                      : angeles
                          .toLocalDateTime()
                          .atZone(ZoneId.of("America/New_York"))
                          .toOffsetDateTime());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12/31/017 11:58 PM",
        "12/31/17 23:58 PM",
        "31/12/17 11:58 PM",
        "12-31-17 11:58:03 PM",
        "17-12-31 11:58:03 PM",
        "12/31/20 17",
        "2017-12-31 13:58:03 PM",
      })
  void whatFitsNoPatternIsNeverTakenApart(String written) throws IOException {
    Rows rows = rows("SRNumber,CreatedDate\n7," + written + "\n", "la311");

    assertThat(rows.inquiries()).isEmpty();
    assertThat(rows.bad()).hasSize(1);
  }

  @Test
  void aTimeThatOccursTwiceIsTheEarlierAndCounted() throws IOException {
    Rows rows = rows("SRNumber,CreatedDate\n7,11/05/2017 01:30:00 AM\n", "la311");

    assertThat(rows.inquiries().get(0).receivedAt())
        .isEqualTo(OffsetDateTime.parse("2017-11-05T01:30:00-07:00"));
    assertThat(rows.count(Oddity.TIME_TWICE)).isEqualTo(1);
  }

  @Test
  void aTimeThatDoesNotExistMovesForwardByTheGapAndIsCounted() throws IOException {
    Rows rows = rows("SRNumber,CreatedDate\n7,03/11/2018 02:30:00 AM\n", "la311");

    assertThat(rows.inquiries().get(0).receivedAt())
        .isEqualTo(OffsetDateTime.parse("2018-03-11T03:30:00-07:00"));
    assertThat(rows.count(Oddity.TIME_ABSENT)).isEqualTo(1);
  }

  @Test
  void anEndBeforeTheBeginningKeepsItsTimeAndIsCounted() throws IOException {
    Rows rows =
        rows(
            "SRNumber,CreatedDate,ClosedDate\n7,2018-01-02 00:00:00,2018-01-01 00:00:00\n",
            "la311");

    assertThat(rows.inquiries().get(0).resolution().at())
        .isEqualTo(OffsetDateTime.parse("2018-01-01T00:00:00-08:00"));
    assertThat(rows.count(Oddity.ENDS_BEFORE_IT_BEGAN)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "Call, telephone",
    "Voicemail, telephone",
    "SELF SERVICE, web",
    "Mobile App, mobile",
    "E-mail, email",
    "Fax, fax",
    "Walk-in, counter",
    "Council’s Office, counter",
    "Letter, counter",
    "Driver Self Report, crew",
    "Twitter, other",
    "'', other",
  })
  void losAngelesChannels(String source, String channel) throws IOException {
    Rows rows =
        rows("SRNumber,CreatedDate,RequestSource\n7,2018-01-02 00:00:00," + source + "\n", "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::channel).containsExactly(channel);
  }

  @Test
  void badRowsAreNamedByTheirLineAndTheOthersCount() throws IOException {
    Rows rows =
        rows(
            String.join(
                "\r\n",
                "SRNumber,CreatedDate,ClosedDate,Address",
                "1,2018-01-01 00:00:00,,\"two\r\nlines\"",
                "",
                ",2018-01-01 00:00:00,,no id",
                "3,,,no time",
                "4,02/30/2018 01:00:00 AM,,no such day",
                "5,2018-01-01 00:00:00,soon,no such end",
                "6,2018-01-01 00:00:00,",
                "7,2018-01-01 00:00:00,,too,many",
                "8,2018-01-01 00:00:00,,comma at the end,",
                "sr number,created date,closed date,address",
                ",,,",
                "9,2018-01-01 00:00:00,,last"),
            "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::id).containsExactly("1", "6", "8", "9");
    assertThat(rows.told()).extracting(Reading::line).containsExactly(2L, 9L, 11L, 14L);
    assertThat(rows.inquiries().get(0).place().address()).isEqualTo("two\nlines");
    assertThat(rows.bad())
        .containsExactly(
            new Reading.Bad(5, "no id"),
            new Reading.Bad(6, "no time received"),
            new Reading.Bad(7, "the time received '02/30/2018 01:00:00 AM' fits no date pattern"),
            new Reading.Bad(8, "the time ended 'soon' fits no date pattern"),
            new Reading.Bad(10, "5 fields where the header has 4"));
    assertThat(rows.repeatedHeaders()).isEqualTo(1);
  }

  @Test
  void blankNamesAtTheEndOfTheHeaderMeanNothing() throws IOException {
    Rows rows =
        rows(
            "SRNumber,CreatedDate, ,\n1,2018-01-01 00:00:00\n2,2018-01-01 00:00:00,,\n"
                + "3,2018-01-01 00:00:00,checked,\nSRNumber,CreatedDate,,\n",
            "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::id).containsExactly("1", "2", "3");
    assertThat(rows.bad()).isEmpty();
    assertThat(rows.repeatedHeaders()).isEqualTo(1);
  }

  @Test
  void cellsThatAreMissingAtTheEndOfARowAreEmptyAndCounted() throws IOException {
    Rows rows =
        rows(
            "SRNumber,CreatedDate,Owner,ClosedDate\n1,2018-01-01 00:00:00,BOS\n"
                + "2\n3,2018-01-01 00:00:00\n",
            "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::id).containsExactly("1", "3");
    assertThat(rows.inquiries().get(0).escalation().department()).isEqualTo("BOS");
    assertThat(rows.count(Oddity.CELLS_MISSING)).isEqualTo(2);
    assertThat(rows.bad()).containsExactly(new Reading.Bad(3, "no time received"));
  }

  @Test
  void aLastRowThatIsCutOffIsBad() throws IOException {
    Rows rows =
        rows("SRNumber,CreatedDate,Owner\n1,12/31/2017 11:58:03 PM\n2,12/31/2017 11:58", "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::id).containsExactly("1");
    assertThat(rows.bad())
        .containsExactly(new Reading.Bad(3, "2 fields where the header has 3, and the file ends"));
  }

  @Test
  void aRowWithALineBreakOfItsOwnIsNotTakenByHalf() throws IOException {
    Rows rows =
        rows(
            "SRNumber,CreatedDate,Address,Owner\n1,2018-01-01 00:00:00,a \"quoted\nword\",BOS\n",
            "la311");

    assertThat(rows.inquiries()).isEmpty();
    assertThat(rows.bad()).extracting(Reading::line).containsExactly(2L, 3L);
  }

  @Test
  void aQuotationMarkThatIsNotClosedCostsItsOwnRowOnly() throws IOException {
    Rows rows =
        rows(
            String.join(
                "\n",
                "SRNumber,CreatedDate,Address",
                "1,2018-01-01 00:00:00,\"never closed",
                "2,2018-01-01 00:00:00,\"closed, and whole\"",
                "3,2018-01-01 00:00:00,\"broken \"off\" in the middle\"",
                "4,2018-01-01 00:00:00,5\" pipe",
                "5,2018-01-01 00:00:00,6\" pipe"),
            "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::id).containsExactly("2", "4", "5");
    assertThat(rows.bad())
        .containsExactly(
            new Reading.Bad(2, "a quotation mark is not closed"),
            new Reading.Bad(4, "quotation marks in the wrong place"));
  }

  @Test
  void wronglyDecodedTextsAreMendedAndUnreadableOnesCounted() throws IOException {
    Path file = folder.resolve("rows.csv");
    byte[] good =
        "Unique Key,Created Date,Descriptor\n1,2018-01-01 00:00:00,Departmentâ\u0080\u0099s cafÃ© 민원\n2,2018-01-01 00:00:00,"
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(good, good.length + 2);
    all[good.length] = (byte) 0xff;
    all[good.length + 1] = 'x';
    Files.write(file, all);

    Rows rows = Rows.of(file, RepositoryFiles.format("nyc311"));

    assertThat(rows.inquiries())
        .extracting(HistoryLine::text)
        .containsExactly("Department’s café 민원", "\ufffdx");
    assertThat(rows.count(Oddity.WORDS_REPAIRED)).isEqualTo(1);
    assertThat(rows.count(Oddity.WORDS_UNREADABLE)).isEqualTo(1);
  }

  @Test
  void coordinatesThatAreNoneAreLeftOut() throws IOException {
    Rows rows =
        rows(
            "SRNumber,CreatedDate,Latitude,Longitude\n1,2018-01-01 00:00:00,91,0\n2,2018-01-01 00:00:00,NaN,3\n",
            "la311");

    assertThat(rows.inquiries()).extracting(HistoryLine::place).containsOnlyNulls();
    assertThat(rows.count(Oddity.PLACE_UNREADABLE)).isEqualTo(2);
  }

  @Test
  void aFileWithoutTheColumnsSaysWhichAreMissing() {
    assertThatThrownBy(() -> rows("a,b\n1,2\n", "la311"))
        .isInstanceOf(TrafficException.class)
        .hasMessageContaining(
            "rows.csv has no column SRNumber or SR Num or Service Request Number or Case Number (it has a, b): add its name for 'id' under columns in ")
        .hasMessageContaining("la311.yml");
  }

  @Test
  void anEmptyFileIsToldAsSuch() {
    assertThatThrownBy(() -> rows("\n\n", "la311"))
        .isInstanceOf(TrafficException.class)
        .hasMessageEndingWith("is empty: its first line must name the columns.");
  }

  private Rows la(String rows) throws IOException {
    return rows(LA + rows, "la311");
  }

  private Rows rows(String csv, String format) throws IOException {
    Path file = folder.resolve("rows.csv");
    Files.writeString(file, csv);
    return Rows.of(file, RepositoryFiles.format(format));
  }
}

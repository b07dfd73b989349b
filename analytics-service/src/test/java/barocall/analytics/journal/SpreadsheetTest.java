package barocall.analytics.journal;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.journal.Sheet.Amount;
import barocall.analytics.journal.Sheet.Day;
import barocall.analytics.journal.Sheet.Moment;
import barocall.analytics.journal.Sheet.Nothing;
import barocall.analytics.journal.Sheet.Shape;
import barocall.analytics.journal.Sheet.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadsheetTest {
  @TempDir private Path folder;

  @Test
  void numbersAndDatesAreWhatASpreadsheetCountsWith() throws IOException {
    List<Row> rows =
        read(
            sheet(
                "주요 수치",
                List.of(
                    new Words("응답률"),
                    new Amount(0.972, Shape.PERCENT),
                    new Amount(1_306, Shape.COUNT),
                    new Amount(125 / 86_400.0, Shape.DURATION),
                    new Day(LocalDate.parse("2026-11-24")),
                    new Moment(LocalDateTime.parse("2026-11-24T09:00")),
                    new Nothing(),
                    new Words("끝"))));

    Row row = rows.get(1);
    assertThat(row.getCell(0).asString()).isEqualTo("응답률");
    assertThat(row.getCell(1).asNumber()).isEqualByComparingTo("0.972");
    assertThat(row.getCell(1).getDataFormatString()).isEqualTo("0.0%");
    assertThat(row.getCell(2).asNumber()).isEqualByComparingTo("1306");
    assertThat(row.getCell(2).getDataFormatString()).isEqualTo("#,##0");
    assertThat(row.getCell(3).getDataFormatString()).isEqualTo("[h]:mm:ss");
    assertThat(row.getCell(4).asDate()).isEqualTo(LocalDateTime.parse("2026-11-24T00:00"));
    assertThat(row.getCell(4).getDataFormatString()).isEqualTo("yyyy-mm-dd");
    assertThat(row.getCell(5).asDate()).isEqualTo(LocalDateTime.parse("2026-11-24T09:00"));
    assertThat(row.getOptionalCell(6)).isEmpty();
    assertThat(row.getCell(7).asString()).isEqualTo("끝");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "+82-10-0000-1234",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "<v>&amp;</v>",
        "종\u0000소리\u0008"
      })
  void wordsStayWordsWhateverTheyBeginWith(String words) throws IOException {
    Sheet sheet = sheet("시트", List.of(new Words(words), new Amount(1, Shape.COUNT)));

    Cell cell = read(sheet).get(1).getCell(0);

    assertThat(cell.getType()).isEqualTo(CellType.STRING);
    assertThat(cell.getFormula()).isNull();
    assertThat(cell.asString().strip()).isEqualTo(words.replaceAll("[\\x00\\x08]", "").strip());
    assertThat(firstSheet(Spreadsheet.of(List.of(sheet)))).doesNotContain("<f>");
  }

  @Test
  void theHeaderStaysInSightWhileOneScrolls() throws IOException {
    assertThat(firstSheet(Spreadsheet.of(List.of(sheet("시트", List.of(new Words("하나")))))))
        .containsPattern("<pane [^>]*ySplit=\"1\"[^>]*state=\"frozen\"");
  }

  @Test
  void sheetsHaveNamesThatExcelTakesAndNoTwoAlike() throws IOException {
    List<Sheet> sheets =
        Stream.of("분류별", "분류별", "한/두:세*네?[다]", "가".repeat(40), "가".repeat(40))
            .map(name -> sheet(name, List.of(new Words("하나"))))
            .toList();

    try (ReadableWorkbook workbook = workbook(Spreadsheet.of(sheets))) {
      assertThat(workbook.getSheets().map(it -> it.getName()))
          .containsExactly("분류별", "분류별 2", "한 두 세 네  다", "가".repeat(31), "가".repeat(27) + " 2");
    }
  }

  private static Sheet sheet(String name, List<Sheet.Cell> row) {
    return new Sheet(name, List.of("가", "나", "다", "라", "마", "바", "사", "아"), List.of(row));
  }

  private static List<Row> read(Sheet sheet) throws IOException {
    try (ReadableWorkbook workbook = workbook(Spreadsheet.of(List.of(sheet)))) {
      return workbook.getFirstSheet().read();
    }
  }

  private static ReadableWorkbook workbook(byte[] file) throws IOException {
    return new ReadableWorkbook(
        new ByteArrayInputStream(file),
        new org.dhatim.fastexcel.reader.ReadingOptions(true, false));
  }

  /** By its table of contents, as spreadsheets read it. */
  private String firstSheet(byte[] file) throws IOException {
    Path written = Files.write(folder.resolve("file.xlsx"), file);
    try (ZipFile zip = new ZipFile(written.toFile())) {
      ZipEntry sheet = zip.getEntry("xl/worksheets/sheet1.xml");
      return new String(zip.getInputStream(sheet).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

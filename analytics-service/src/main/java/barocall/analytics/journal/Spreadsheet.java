package barocall.analytics.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Tables as a file of Office Open XML (ISO/IEC 29500), which Excel, Hancell and LibreOffice open.
 * Words are written as words: whatever a citizen or a portal wrote, none of it is ever computed.
 */
final class Spreadsheet {
  private static final String DAY = "yyyy-mm-dd";
  private static final String MOMENT = "yyyy-mm-dd hh:mm";

  /** Excel refuses a file with a longer name. */
  private static final int LONGEST_NAME = 31;

  /** Excel refuses a file with a longer text in a cell. */
  private static final int LONGEST_TEXT = 32_767;

  private static final double WIDEST = 60;
  private static final double NARROWEST = 9;

  private Spreadsheet() {}

  static byte[] of(List<Sheet> sheets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Set<String> names = new HashSet<>();
    try (Workbook workbook = new Workbook(bytes, "Barocall", "1.0")) {
      for (Sheet sheet : sheets) {
        write(sheet, workbook.newWorksheet(name(sheet.name(), names)));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Sheet sheet, Worksheet to) {
    int columns = sheet.header().size();
    for (int column = 0; column < columns; column++) {
      to.value(0, column, sheet.header().get(column));
      to.style(0, column).bold().fillColor("EEF2F7").wrapText(true).set();
      to.width(column, width(sheet, column));
    }
    to.freezePane(1, 1);
    for (int row = 0; row < sheet.rows().size(); row++) {
      List<Sheet.Cell> cells = sheet.rows().get(row);
      for (int column = 0; column < cells.size(); column++) {
        write(cells.get(column), to, row + 1, column);
      }
    }
  }

  private static void write(Sheet.Cell cell, Worksheet to, int row, int column) {
    if (cell instanceof Sheet.Words words) {
      to.value(row, column, shortened(words.text(), LONGEST_TEXT));
    } else if (cell instanceof Sheet.Amount amount) {
      to.value(row, column, amount.value());
      to.style(row, column).format(amount.shape().format()).set();
    } else if (cell instanceof Sheet.Day day) {
      to.value(row, column, day.date());
      to.style(row, column).format(DAY).set();
    } else if (cell instanceof Sheet.Moment moment) {
      to.value(row, column, moment.at());
      to.style(row, column).format(MOMENT).set();
    }
  }

  /** Of use to most: Korean letters take the room of two. */
  private static double width(Sheet sheet, int column) {
    double longest =
        sheet.rows().stream()
            .filter(row -> column < row.size())
            .mapToDouble(row -> row.get(column) instanceof Sheet.Words it ? room(it.text()) : 0)
            .max()
            .orElse(0);
    double needed = Math.max(longest, Math.max(NARROWEST, room(sheet.header().get(column))));
    boolean dated =
        sheet.rows().stream()
            .anyMatch(row -> column < row.size() && row.get(column) instanceof Sheet.Moment);
    return Math.min(WIDEST, dated ? Math.max(needed, MOMENT.length() + 2.0) : needed + 2);
  }

  private static double room(String text) {
    return text.chars().mapToDouble(it -> it < 0x1100 ? 1 : 1.9).sum();
  }

  /** As Excel allows them, and no two alike. */
  private static String name(String wanted, Set<String> taken) {
    String allowed =
        shortened(wanted.replaceAll("[\\[\\]:*?/\\\\\\p{Cntrl}]", " ").strip(), LONGEST_NAME);
    String free = allowed.replaceAll("^'+|'+$", "");
    for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = shortened(allowed, LONGEST_NAME - 4) + " " + n;
    }
    return free;
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}

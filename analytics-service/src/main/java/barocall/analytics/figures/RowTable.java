package barocall.analytics.figures;

import barocall.analytics.facts.Count;
import barocall.city.City;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows as programs and spreadsheets read them. */
public final class RowTable {
  /** The columns that every row has, in this order. */
  static final Map<String, Count> COLUMNS = columns();

  private static final Set<Count> OF_THE_CITY =
      EnumSet.of(
          Count.RECEIVED,
          Count.ABANDONED,
          Count.OFFERED,
          Count.ANSWERED,
          Count.REOPENED,
          Count.SOLVED_BY_AGENT,
          Count.REPEATED_SOON,
          Count.ANSWERED_BY_RULE);
  private static final Set<Count> OF_OTHERS =
      EnumSet.of(
          Count.ABANDONED,
          Count.OFFERED,
          Count.ACKNOWLEDGED,
          Count.RETURNED,
          Count.TRANSFERRED,
          Count.REOPENED,
          Count.ANSWERED_BY_RULE);

  private RowTable() {}

  /** As comma-separated values, the first line naming the columns. */
  public static String csv(City city, List<Row> rows, @Nullable By by, Locale locale) {
    StringWriter text = new StringWriter();
    write(CsvWriter.builder().build(text), city, rows, by, locale);
    return text.toString();
  }

  private static void write(
      CsvWriter csv, City city, List<Row> rows, @Nullable By by, Locale locale) {
    List<String> header = new ArrayList<>(List.of("from"));
    if (by != null) {
      header.addAll(List.of(name(by), name(by) + "Name"));
    }
    COLUMNS.forEach(
        (column, count) -> {
          if (applies(by, count)) {
            header.add(column);
          }
        });
    csv.writeRecord(header);
    for (Row row : rows.stream().filter(row -> isShown(by, row)).toList()) {
      List<String> cells = new ArrayList<>(List.of(format(row.from())));
      if (by != null && row.key() != null) {
        cells.add(harmless(row.key()));
        cells.add(harmless(Names.of(city, by, row.key(), locale).orElse("")));
      }
      COLUMNS.forEach(
          (column, count) -> {
            if (applies(by, count)) {
              cells.add(Long.toString(row.count(count)));
            }
          });
      csv.writeRecord(cells);
    }
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Spreadsheets take a cell that begins so as a formula: it comes from a citizen's or a portal's
   * text.
   */
  private static String harmless(String cell) {
    return cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
  }

  /**
   * By department nothing is received: an inquiry comes to the city, and a call is no department's.
   * What departments do is no agent's.
   */
  static boolean applies(@Nullable By by, Count count) {
    if (by == By.DEPARTMENT) {
      return !OF_THE_CITY.contains(count);
    }
    return by != By.AGENT || !OF_OTHERS.contains(count);
  }

  /** Whether any column that is shown has something. */
  static boolean isShown(@Nullable By by, Row row) {
    return COLUMNS.values().stream().anyMatch(count -> applies(by, count) && row.count(count) != 0);
  }

  static String name(By by) {
    return by.name().toLowerCase(Locale.ROOT);
  }

  static String format(OffsetDateTime from) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(from);
  }

  private static Map<String, Count> columns() {
    Map<String, Count> columns = new LinkedHashMap<>();
    columns.put("received", Count.RECEIVED);
    columns.put("resolved", Count.RESOLVED);
    columns.put("resolvedAtFirstContact", Count.RESOLVED_AT_FIRST_CONTACT);
    columns.put("escalated", Count.ESCALATED);
    columns.put("abandoned", Count.ABANDONED);
    columns.put("offered", Count.OFFERED);
    columns.put("answered", Count.ANSWERED);
    columns.put("connected", Count.CONNECTED);
    columns.put("acknowledged", Count.ACKNOWLEDGED);
    columns.put("returned", Count.RETURNED);
    columns.put("transferred", Count.TRANSFERRED);
    columns.put("reopened", Count.REOPENED);
    columns.put("solvedByAgent", Count.SOLVED_BY_AGENT);
    columns.put("repeatedSoon", Count.REPEATED_SOON);
    columns.put("answeredByRule", Count.ANSWERED_BY_RULE);
    return columns;
  }
}

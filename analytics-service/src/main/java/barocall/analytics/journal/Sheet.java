package barocall.analytics.journal;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A table of a spreadsheet, before it is written.
 *
 * @param name as the reader sees it at the sheet's tab
 * @param header names its columns
 */
record Sheet(String name, List<String> header, List<List<Cell>> rows) {

  Sheet {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** What stands in a cell. */
  sealed interface Cell {}

  /** Words, which are never a formula. */
  record Words(String text) implements Cell {}

  /** A number that can be counted with. */
  record Amount(double value, Shape shape) implements Cell {}

  /** A day. */
  record Day(LocalDate date) implements Cell {}

  /** A moment on the city's clocks. */
  record Moment(LocalDateTime at) implements Cell {}

  /** Nothing is known. */
  record Nothing() implements Cell {}

  /** How a number is shown. */
  enum Shape {
    COUNT("#,##0"),
    /** Of a share between 0 and 1. */
    PERCENT("0.0%"),
    /** Of a part of a day. */
    DURATION("[h]:mm:ss"),
    HOURS("#,##0.0"),
    RATIO("0.00");

    private final String format;

    Shape(String format) {
      this.format = format;
    }

    String format() {
      return format;
    }
  }
}

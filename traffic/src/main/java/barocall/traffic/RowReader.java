package barocall.traffic;

import barocall.traffic.Format.Field;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns rows into past inquiries as a format says. Knows no file, no clock, no network. */
final class RowReader {

  private static final int MAX_TEXT = 20_000;
  private static final int MAX_SUBJECT = 200;

  private final Format format;
  private final LocalTimes times;
  private final Map<Field, List<Integer>> columns;
  private final List<String> remarks;

  private RowReader(Format format, Map<Field, List<Integer>> columns, List<String> remarks) {
    this.format = format;
    this.times = new LocalTimes(format.timeZone(), format.dates());
    this.columns = columns;
    this.remarks = remarks;
  }

  /**
   * A reader for files with that header.
   *
   * @throws TrafficException if the header lacks the id or the time received
   */
  static RowReader of(Format format, List<String> header, String file) {
    Map<String, List<Integer>> places = new TreeMap<>();
    for (int i = 0; i < header.size(); i++) {
      places.computeIfAbsent(ColumnName.plain(header.get(i)), name -> new ArrayList<>()).add(i);
    }
    Map<Field, List<Integer>> columns = new EnumMap<>(Field.class);
    List<String> remarks = new ArrayList<>();
    format
        .columns()
        .forEach(
            (field, spellings) -> {
              List<Integer> found = new ArrayList<>();
              for (String spelling : spellings) {
                List<Integer> here = places.getOrDefault(ColumnName.plain(spelling), List.of());
                if (here.size() > 1) {
                  remarks.add(
                      "The column %s occurs %d times; the first is read."
                          .formatted(spelling, here.size()));
                }
                here.stream().findFirst().ifPresent(found::add);
              }
              if (found.isEmpty() && field.required()) {
                throw new TrafficException(
                    "%s has no column %s (it has %s): add its name for '%s' under columns in %s."
                        .formatted(
                            file,
                            String.join(" or ", spellings),
                            header.stream().limit(40).collect(Collectors.joining(", ")),
                            field.name().toLowerCase(java.util.Locale.ROOT),
                            format.origin()));
              }
              if (found.isEmpty()) {
                remarks.add("The file has no column %s.".formatted(String.join(" or ", spellings)));
              }
              columns.put(field, found);
            });
    return new RowReader(format, columns, List.copyOf(remarks));
  }

  /** What the person who imports should know about the header. */
  List<String> remarks() {
    return remarks;
  }

  /** The row as a past inquiry, or why it is none. */
  Reading read(CsvFile.Row row) {
    if (row.problem().isPresent()) {
      return new Reading.Bad(row.line(), row.problem().get());
    }
    return new OneRow(row).reading();
  }

  /** The making of one inquiry, gathering what is strange on the way. */
  private final class OneRow {
    private final CsvFile.Row row;
    private final List<Oddity> oddities = new ArrayList<>();

    OneRow(CsvFile.Row row) {
      this.row = row;
    }

    Reading reading() {
      String id = value(Field.ID);
      if (id.isEmpty()) {
        return bad("no id");
      }
      String received = value(Field.RECEIVED);
      if (received.isEmpty()) {
        return bad("no time received");
      }
      Optional<LocalTimes.Reading> receivedAt = times.read(received);
      if (receivedAt.isEmpty()) {
        return bad("the time received '%s' fits no date pattern".formatted(shown(received)));
      }
      String ended = value(Field.ENDED);
      Optional<LocalTimes.Reading> endedAt = ended.isEmpty() ? Optional.empty() : times.read(ended);
      if (endedAt.isEmpty() && !ended.isEmpty()) {
        return bad("the time ended '%s' fits no date pattern".formatted(shown(ended)));
      }
      if (row.missing() > 0) {
        oddities.add(Oddity.CELLS_MISSING);
      }
      OffsetDateTime from = noted(receivedAt.get());
      String category = value(Field.CATEGORY);
      String subject = value(Field.SUBJECT);
      return new Reading.Told(
          row.line(),
          new HistoryLine(
              id,
              format.channelOf(value(Field.CHANNEL)),
              from,
              orNull(category),
              orNull(words(subject.isEmpty() ? category : subject, MAX_SUBJECT)),
              orNull(words(value(Field.TEXT), MAX_TEXT)),
              place(),
              null,
              escalation(from),
              null,
              endedAt.map(this::noted).map(at -> resolution(from, at)).orElse(null)),
          List.copyOf(oddities));
    }

    private HistoryLine.@Nullable Escalation escalation(OffsetDateTime from) {
      String department = value(Field.DEPARTMENT);
      return department.isEmpty() ? null : new HistoryLine.Escalation(from, department);
    }

    private HistoryLine.Resolution resolution(OffsetDateTime from, OffsetDateTime at) {
      if (at.isBefore(from)) {
        oddities.add(Oddity.ENDS_BEFORE_IT_BEGAN);
      }
      return new HistoryLine.Resolution(
          at,
          format.endOf(value(Field.STATUS)),
          "department",
          orNull(words(value(Field.ANSWER), MAX_TEXT)));
    }

    private HistoryLine.@Nullable Place place() {
      String address = words(value(Field.ADDRESS), MAX_SUBJECT);
      String north = value(Field.LATITUDE);
      String east = value(Field.LONGITUDE);
      OptionalDouble latitude = degrees(north, 90);
      OptionalDouble longitude = degrees(east, 180);
      boolean placed = latitude.isPresent() && longitude.isPresent();
      if (!placed && !(north.isEmpty() && east.isEmpty())) {
        oddities.add(Oddity.PLACE_UNREADABLE);
      }
      if (address.isEmpty() && !placed) {
        return null;
      }
      return new HistoryLine.Place(
          orNull(address),
          placed ? latitude.getAsDouble() : null,
          placed ? longitude.getAsDouble() : null);
    }

    private OptionalDouble degrees(String value, double most) {
      try {
        double degrees = Double.parseDouble(value);
        return Math.abs(degrees) <= most ? OptionalDouble.of(degrees) : OptionalDouble.empty();
      } catch (NumberFormatException e) {
        return OptionalDouble.empty();
      }
    }

    private OffsetDateTime noted(LocalTimes.Reading time) {
      time.oddity().ifPresent(oddities::add);
      return time.at();
    }

    private String words(String text, int most) {
      String mended = Words.mended(text);
      if (!mended.equals(text)) {
        oddities.add(Oddity.WORDS_REPAIRED);
      }
      if (Words.unreadable(mended)) {
        oddities.add(Oddity.WORDS_UNREADABLE);
      }
      if (mended.length() <= most) {
        return mended;
      }
      oddities.add(Oddity.WORDS_SHORTENED);
      int end = Character.isHighSurrogate(mended.charAt(most - 1)) ? most - 1 : most;
      return mended.substring(0, end);
    }

    /** The first of the field's columns that is filled. */
    private String value(Field field) {
      for (int column : columns.getOrDefault(field, List.of())) {
        String value = row.fields().get(column).strip();
        if (!value.isEmpty()) {
          return value;
        }
      }
      return "";
    }

    private Reading bad(String reason) {
      return new Reading.Bad(row.line(), reason);
    }
  }

  private static String shown(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }

  private static @Nullable String orNull(String value) {
    return value.isEmpty() ? null : value;
  }
}

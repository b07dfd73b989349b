package barocall.intake.words;

import barocall.access.IdentityNumbers;
import barocall.access.Words;
import barocall.contract.Event;
import barocall.contract.WireName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one thing that was given, and gathers all that is wrong with them. A wrong
 * field is read as absent; {@link #check} then throws. Words come out cleaned and masked.
 */
public final class Reading {
  private static final int DAY_SECONDS = 86_400;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2999-12-31T00:00:00Z");

  private final List<Wrong> wrongs = new ArrayList<>();

  /** Several lines of words; null if there are none. */
  public @Nullable String text(String field, @Nullable String given) {
    return given == null ? null : words(field, Words.lines(given), Words.TEXT);
  }

  /** One line of words; null if there are none. */
  public @Nullable String line(String field, @Nullable String given) {
    return given == null ? null : words(field, Words.line(given), Words.LINE);
  }

  /** As {@link #line}, but it must be there. */
  public String requiredLine(String field, @Nullable String given) {
    return required(field, line(field, given));
  }

  /** As {@link #text}, but it must be there. */
  public String requiredText(String field, @Nullable String given) {
    return required(field, text(field, given));
  }

  private String required(String field, @Nullable String read) {
    if (read == null && wrongs.stream().noneMatch(it -> it.field().equals(field))) {
      wrong(field, "kit.field.missing");
    }
    return read == null ? "" : read;
  }

  private @Nullable String words(String field, String clean, int longest) {
    if (Words.isTooLong(clean, longest)) {
      wrongs.add(new Wrong(field, "kit.field.too-long|" + longest, true));
      return null;
    }
    return clean.isEmpty() ? null : IdentityNumbers.mask(clean).text();
  }

  /** A client's own id of what it sends, as it is: it is only ever hashed. */
  public String key(String field, @Nullable String given) {
    if (given == null || given.isBlank()) {
      wrong(field, "kit.field.missing");
      return "";
    }
    boolean printable =
        given
            .codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    if (given.length() > Words.LINE || !printable) {
      wrong(field, "intake.field.key|" + Words.LINE);
      return "";
    }
    return given;
  }

  /** An id of ours: ASCII letters, digits and hyphens, and no identity number among them. */
  public @Nullable String id(String field, @Nullable String given) {
    if (given == null) {
      return null;
    }
    if (!ID.matcher(given).matches() || IdentityNumbers.mask(given).masked() > 0) {
      wrong(field, "intake.field.id");
      return null;
    }
    return given;
  }

  /** A time with its offset from UTC. */
  public @Nullable Instant time(String field, @Nullable String given) {
    if (given == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(given).toInstant();
      if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException unreadable) {
      // Said below, with the form that we read.
    }
    wrong(field, "kit.field.time");
    return null;
  }

  /** As {@link #time}, but it must be there. */
  public Instant requiredTime(String field, @Nullable String given) {
    if (given == null) {
      wrong(field, "kit.field.missing");
      return Instant.EPOCH;
    }
    Instant time = time(field, given);
    return time == null ? Instant.EPOCH : time;
  }

  /** One of the names of an enumeration. */
  public <E extends Enum<E> & WireName> @Nullable E oneOf(
      String field, Class<E> type, @Nullable String given) {
    if (given == null) {
      return null;
    }
    return WireName.find(type, given)
        .orElseGet(
            () -> {
              wrong(
                  field,
                  "kit.field.one-of|"
                      + Arrays.stream(type.getEnumConstants())
                          .map(WireName::wireName)
                          .collect(Collectors.joining(", ")));
              return null;
            });
  }

  /** As {@link #oneOf}, but it must be there. */
  public <E extends Enum<E> & WireName> @Nullable E requiredOneOf(
      String field, Class<E> type, @Nullable String given) {
    if (given == null) {
      wrong(field, "kit.field.missing");
      return null;
    }
    return oneOf(field, type, given);
  }

  /** A length in seconds, of a day at most: no call is longer. */
  public @Nullable Integer seconds(String field, @Nullable Integer given) {
    if (given != null && (given < 0 || given > DAY_SECONDS)) {
      wrong(field, "intake.field.between|0|" + DAY_SECONDS);
      return null;
    }
    return given;
  }

  /** As {@link #seconds}, but it must be there. */
  public int requiredSeconds(String field, @Nullable Integer given) {
    if (given == null) {
      wrong(field, "kit.field.missing");
      return 0;
    }
    Integer seconds = seconds(field, given);
    return seconds == null ? 0 : seconds;
  }

  /** Where something is; null if nothing is said. */
  public Event.@Nullable Place place(String field, @Nullable GivenPlace given) {
    if (given == null) {
      return null;
    }
    String address = line(field + ".address", given.address());
    Double latitude = degrees(field + ".latitude", given.latitude(), 90);
    Double longitude = degrees(field + ".longitude", given.longitude(), 180);
    if ((given.latitude() == null) != (given.longitude() == null)) {
      wrong(field + (given.latitude() == null ? ".latitude" : ".longitude"), "intake.field.both");
    }
    return address == null && latitude == null
        ? null
        : new Event.Place(address, latitude, longitude);
  }

  private @Nullable Double degrees(String field, @Nullable Double given, int most) {
    if (given != null && !(given >= -most && given <= most)) {
      wrong(field, "intake.field.between|-" + most + "|" + most);
      return null;
    }
    return given;
  }

  /** Notes that a field is wrong. */
  public void wrong(String field, String message) {
    wrongs.add(Wrong.of(field, message));
  }

  /** All that is wrong so far. */
  public List<Wrong> wrongs() {
    return List.copyOf(wrongs);
  }

  /**
   * Ends the reading.
   *
   * @throws WrongInputException if anything was wrong
   */
  public void check() {
    if (!wrongs.isEmpty()) {
      throw new WrongInputException(wrongs);
    }
  }
}

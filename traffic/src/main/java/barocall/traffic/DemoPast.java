package barocall.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Up to when the demonstration in a data folder has a past, kept there: one that was cut off is
 * told again to the same moment, so that nothing counts twice, and one that is told is left alone.
 */
final class DemoPast {

  private static final String TOLD = " told";

  private final Path note;

  DemoPast(Path dataFolder) {
    this.note = dataFolder.resolve("demo-past");
  }

  /** Until when it is to be told; empty if it has been. */
  Optional<OffsetDateTime> until(Instant now) {
    try {
      if (Files.exists(note)) {
        String text = Files.readString(note).strip();
        return text.endsWith(TOLD.strip())
            ? Optional.empty()
            : Optional.of(OffsetDateTime.parse(text));
      }
      OffsetDateTime until = now.atOffset(ZoneOffset.UTC);
      Files.writeString(note, until.toString());
      return Optional.of(until);
    } catch (IOException | DateTimeParseException e) {
      throw new TrafficException(
          "%s can't be read or written: delete it, or start with --fresh.".formatted(note), e);
    }
  }

  /** It has been told. */
  void told(OffsetDateTime until) {
    try {
      Files.writeString(note, until + TOLD);
    } catch (IOException e) {
      throw new TrafficException(
          "%s can't be written: see that the disk has room.".formatted(note), e);
    }
  }
}

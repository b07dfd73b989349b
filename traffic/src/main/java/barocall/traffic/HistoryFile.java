package barocall.traffic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of past inquiries as intake's history door takes them: NDJSON in UTF-8, an inquiry a line
 * (the door's description says its fields). A line that can't be read costs itself only.
 */
final class HistoryFile implements PastRows {

  /** By which it is named where a format is asked for; it needs no description of columns. */
  static final String FORMAT = "history";

  private final Path path;
  private final CountedStream source;
  private final BufferedReader reader;
  private final JsonMapper json =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();
  private long line;

  private HistoryFile(Path path) {
    this.path = path;
    this.source = CountedStream.open(path);
    this.reader = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
  }

  /**
   * Opens the file.
   *
   * @throws TrafficException if it can't be read
   */
  static HistoryFile open(Path path) {
    return new HistoryFile(path);
  }

  @Override
  public Optional<Reading> next() {
    try {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          return Optional.of(read(text));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new TrafficException("%s can't be read: %s.".formatted(path, e.getMessage()), e);
    }
  }

  private Reading read(String text) {
    try {
      HistoryLine inquiry = json.readValue(text, HistoryLine.class);
      Optional<String> missing = missing(inquiry);
      return missing.isPresent()
          ? new Reading.Bad(line, missing.get())
          : new Reading.Told(line, inquiry, List.of());
    } catch (JacksonException e) {
      // The library's own words would repeat the line, in which a citizen may be named.
      return new Reading.Bad(line, "not an inquiry as the history door takes it");
    }
  }

  private static Optional<String> missing(@Nullable HistoryLine inquiry) {
    if (inquiry == null || inquiry.id() == null) {
      return Optional.of("no id");
    }
    if (inquiry.receivedAt() == null) {
      return Optional.of("no time received");
    }
    return inquiry.channel() == null ? Optional.of("no channel") : Optional.empty();
  }

  @Override
  public long position() {
    return source.count();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new TrafficException("%s can't be closed: %s.".formatted(path, e.getMessage()), e);
    }
  }
}

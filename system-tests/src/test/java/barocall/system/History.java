package barocall.system;

import barocall.system.CityDoors.Accepted;
import barocall.system.Told.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The clients' own log: what they sent, what was accepted and when, in memory and in a file. */
final class History implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Letter> letters = new LinkedHashMap<>();
  private final List<String> refused = new ArrayList<>();
  private final Writer file;

  /** What one client brings: a letter or a call, from the first try on. */
  static final class Letter {
    final int round;
    final int number;
    final CityDoors city;
    final Story story;
    final String key;

    /** When it was first sent; what an exchange says that it rang. */
    final Instant firstSent;

    /** When each deed was first tried: what an exchange says that it happened. */
    private final Map<Story.Deed, Instant> tried = new EnumMap<>(Story.Deed.class);

    private final Map<Story.Deed, Span> done = new EnumMap<>(Story.Deed.class);
    private @Nullable Accepted accepted;
    private @Nullable Instant acceptedAt;

    Letter(int round, int number, CityDoors city, Story story, String key, Instant firstSent) {
      this.round = round;
      this.number = number;
      this.city = city;
      this.story = story;
      this.key = key;
      this.firstSent = firstSent;
    }

    synchronized Accepted accepted() {
      if (accepted == null) {
        throw new IllegalStateException(key + " is not accepted yet");
      }
      return accepted;
    }

    /** When the deed was first tried, which is now if it never was. */
    synchronized Instant firstTried(Story.Deed deed) {
      return tried.computeIfAbsent(deed, first -> Instant.now());
    }

    synchronized boolean isTried(Story.Deed deed) {
      return tried.containsKey(deed);
    }

    private synchronized Told told() {
      Accepted as = accepted();
      Instant until = story.isCall() || acceptedAt == null ? firstSent : acceptedAt;
      return new Told(
          round,
          city.id(),
          story,
          key,
          as.inquiryId(),
          as.receiptNumber(),
          new Span(firstSent, until),
          Map.copyOf(done));
    }
  }

  History(Path file) {
    try {
      Files.createDirectories(file.getParent());
      this.file = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized Letter begin(
      int round, int number, CityDoors city, Story story, String key, Instant at) {
    Letter letter = new Letter(round, number, city, story, key, at);
    letters.put(key, letter);
    write("begun", letter, Map.of("round", round, "story", story, "city", city.id()));
    return letter;
  }

  /** A door took it. A repeat has to be answered as the first was. */
  synchronized void accepted(Letter letter, Accepted as) {
    synchronized (letter) {
      if (letter.accepted != null && !letter.accepted.equals(as)) {
        refused.add("%s was accepted as %s and as %s".formatted(letter.key, letter.accepted, as));
      }
      letter.accepted = as;
      letter.acceptedAt = Instant.now();
    }
    write(
        "accepted",
        letter,
        Map.of("inquiryId", as.inquiryId(), "receiptNumber", as.receiptNumber()));
  }

  synchronized void done(Letter letter, Story.Deed deed) {
    synchronized (letter) {
      letter.done.put(deed, new Span(letter.firstTried(deed), Instant.now()));
    }
    write("done", letter, Map.of("deed", deed));
  }

  /** An answer that says that the client is at fault, which it never is. */
  synchronized void refused(Letter letter, String what, String answer) {
    refused.add("%s of %s: %s".formatted(what, letter.key, answer));
    write("refused", letter, Map.of("what", what, "answer", answer));
  }

  /** What was refused though it should not have been. */
  synchronized List<String> refused() {
    return List.copyOf(refused);
  }

  /** Everything that was accepted so far, of all rounds. */
  synchronized List<Told> told() {
    return letters.values().stream()
        .filter(letter -> letter.acceptedAt != null)
        .map(Letter::told)
        .toList();
  }

  /** How long the longest of a round waited between its first try and being accepted. */
  synchronized Duration longestWait(int round) {
    return letters.values().stream()
        .filter(letter -> letter.round == round && letter.acceptedAt != null)
        .map(letter -> Duration.between(letter.firstSent, letter.acceptedAt))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private void write(String what, Letter letter, Map<String, ?> more) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("at", Instant.now().toString());
    line.put("what", what);
    line.put("key", letter.key);
    more.forEach((name, value) -> line.put(name, value.toString()));
    try {
      file.write(JSON.writeValueAsString(line));
      file.write('\n');
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

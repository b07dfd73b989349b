package barocall.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import barocall.contract.AccessCheck.Newest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a check of who saw what keeps for the next one: the newest records, and what was found wrong
 * and accepted. A line for each; those of an earlier release are all of records.
 */
record CheckedAudit(List<Newest> newest, List<Accepted> accepted) {
  static final CheckedAudit NONE = new CheckedAudit(List.of(), List.of());

  private static final String ACCEPTED = "accepted ";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What somebody knows of and does not want to be told as new again.
   *
   * @param by the machine's user
   * @param findings the sentences, word for word: another one is news
   */
  record Accepted(Instant at, String by, String reason, List<String> findings) {
    Accepted {
      findings = List.copyOf(findings);
    }
  }

  CheckedAudit {
    newest = List.copyOf(newest);
    accepted = List.copyOf(accepted);
  }

  /** Every sentence that was ever accepted. */
  Set<String> known() {
    return accepted.stream()
        .flatMap(it -> it.findings().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  CheckedAudit with(Accepted one) {
    return new CheckedAudit(newest, Stream.concat(accepted.stream(), Stream.of(one)).toList());
  }

  CheckedAudit withNewest(List<Newest> later) {
    return new CheckedAudit(later, accepted);
  }

  /** From the file; nothing if there is none. */
  static CheckedAudit read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    List<Newest> newest = new ArrayList<>();
    List<Accepted> accepted = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int blank = line.indexOf(' ');
      try {
        if (line.startsWith(ACCEPTED)) {
          accepted.add(JSON.readValue(line.substring(ACCEPTED.length()), Accepted.class));
        } else if (blank > 0) {
          newest.add(new Newest(line.substring(0, blank), line.substring(blank + 1)));
        } else {
          throw damaged(file, null);
        }
      } catch (JacksonException e) {
        throw damaged(file, e);
      }
    }
    return new CheckedAudit(newest, accepted);
  }

  private static LaunchException damaged(Path file, @Nullable Exception e) {
    String sentence =
        "%s is not what an audit check kept: take it from the back-up.".formatted(file);
    return e == null ? new LaunchException(sentence) : new LaunchException(sentence, e);
  }

  /** Puts it whole in the place of the file, or leaves that as it was; also over a power cut. */
  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer lines =
            ByteBuffer.wrap(
                Stream.concat(
                        newest.stream().map(it -> it.key() + " " + it.seal()),
                        accepted.stream().map(it -> ACCEPTED + JSON.writeValueAsString(it)))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining())
                    .getBytes(UTF_8));
        while (lines.hasRemaining()) {
          channel.write(lines);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException onlyWhereFoldersCanBeOpened) {
      // As on Windows, where the move is on the disk when it returns.
      return;
    }
  }
}

package barocall.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.intake.spool.SpoolLog.Kept;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was kept is lost, whatever happens to the process or to the end of a file. */
class SpoolLogTest {
  private static final Instant NOW = Instant.parse("2026-05-04T01:02:03Z");
  private static final long LARGE = 8 << 20;

  @TempDir private Path folder;

  private SpoolLog open(long maxBytes) throws IOException {
    return SpoolLog.open(folder, maxBytes, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static void append(SpoolLog log, String... records) throws Exception {
    for (String record : records) {
      log.append(record.getBytes(StandardCharsets.UTF_8)).get(20, TimeUnit.SECONDS);
    }
  }

  private static List<String> waiting(SpoolLog log) throws IOException {
    return said(log.read(log.head(), Integer.MAX_VALUE));
  }

  private static List<String> said(List<Kept> kept) {
    return kept.stream().map(it -> new String(it.record(), StandardCharsets.UTF_8)).toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(it -> it.toString().endsWith(".log")).sorted().toList();
    }
  }

  @Test
  void whatIsAppendedIsReadInItsOrderAndForgottenWhenDone() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "a", "", "c");
      assertThat(waiting(log)).containsExactly("a", "", "c");
      assertThat(log.records()).isEqualTo(3);
      assertThat(log.since()).contains(NOW);
      log.forget(log.read(log.head(), 2));
      assertThat(waiting(log)).containsExactly("c");
      append(log, "d");
      log.forget(log.read(log.head(), 10));
      assertThat(log.records()).isZero();
      assertThat(log.bytes()).isZero();
      assertThat(log.since()).isEmpty();
      assertThat(files()).isEmpty();
      append(log, "e");
      assertThat(waiting(log)).containsExactly("e");
    }
  }

  @Test
  void anotherProcessGoesOnWhereThisOneWas() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "a", "b", "c");
      log.forget(log.read(log.head(), 1));
    }
    try (SpoolLog log = open(LARGE)) {
      assertThat(log.records()).isEqualTo(2);
      assertThat(log.since()).contains(NOW);
      append(log, "d");
      assertThat(waiting(log)).containsExactly("b", "c", "d");
      log.forget(log.read(log.head(), 3));
    }
    try (SpoolLog log = open(LARGE)) {
      assertThat(log.records()).isZero();
      append(log, "e");
    }
    try (SpoolLog log = open(LARGE)) {
      assertThat(waiting(log)).as("numbers of files are never used again").containsExactly("e");
    }
  }

  @Test
  void whatACrashLeftHalfWrittenIsCutOffAtEveryByte() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "first", "second");
    }
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    int secondAt = SpoolSegment.HEADER + SpoolSegment.FRAME + "first".length();
    for (int cut = secondAt; cut < whole.length; cut++) {
      Files.write(file, java.util.Arrays.copyOf(whole, cut));
      try (SpoolLog log = open(LARGE)) {
        assertThat(waiting(log)).as("cut at %d", cut).containsExactly("first");
        assertThat(Files.size(file)).isEqualTo(secondAt);
      }
    }
    try (SpoolLog log = open(LARGE)) {
      append(log, "third");
      assertThat(waiting(log)).containsExactly("first", "third");
      assertThat(log.records()).isEqualTo(2);
    }
  }

  @Test
  void aFileWithoutAWholeBeginningIsNoHindrance() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "a");
    }
    Files.write(folder.resolve("%020d.log".formatted(9)), new byte[] {'B', 'C'});
    try (SpoolLog log = open(LARGE)) {
      append(log, "b");
      assertThat(waiting(log)).containsExactly("a", "b");
    }
  }

  @Test
  void aDamagedLengthIsNotTakenForWhatACrashLeft() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "first", "second", "third");
    }
    Path file = files().get(0);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(SpoolSegment.HEADER + SpoolSegment.FRAME + (long) "first".length());
      bytes.writeInt(1_000);
    }
    try (SpoolLog log = open(LARGE)) {
      assertThat(waiting(log)).containsExactly("first");
    }
    assertThat(folder.resolve(file.getFileName() + ".damaged")).exists();
  }

  @Test
  void noRecordIsReadThatIsNotAsItWasWrittenAndDamageIsKeptForAPerson() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "first", "second", "third");
    }
    Path file = files().get(0);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(SpoolSegment.HEADER + 2L * SpoolSegment.FRAME + "first".length() + 1);
      bytes.write('x');
    }
    byte[] damaged = Files.readAllBytes(file);
    try (SpoolLog log = open(LARGE)) {
      assertThat(waiting(log)).containsExactly("first");
    }
    assertThat(folder.resolve(file.getFileName() + ".damaged")).hasBinaryContent(damaged);
  }

  @Test
  void aLostPositionMeansThatSomeAreReadAgain() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "a", "b");
      log.forget(log.read(log.head(), 1));
    }
    Files.write(folder.resolve("position"), new byte[] {1, 2, 3}, StandardOpenOption.WRITE);
    try (SpoolLog log = open(LARGE)) {
      assertThat(waiting(log)).containsExactly("a", "b");
      assertThat(log.records()).isEqualTo(2);
    }
  }

  @Test
  void aFullOneRefusesAndTakesMoreWhenItWasRead() throws Exception {
    String page = "x".repeat(1_000);
    try (SpoolLog log = open(64 << 10)) {
      int kept = 0;
      CompletableFuture<Void> refused = null;
      while (refused == null) {
        CompletableFuture<Void> next = log.append(page.getBytes(StandardCharsets.UTF_8));
        try {
          next.get(20, TimeUnit.SECONDS);
          kept++;
        } catch (ExecutionException full) {
          assertThat(full).hasCauseInstanceOf(SpoolFullException.class);
          refused = next;
        }
      }
      assertThat(kept).isBetween(55, 64);
      assertThat(log.records()).isEqualTo(kept);
      assertThat(log.takesMore()).isFalse();
      assertThat(size()).isLessThanOrEqualTo(64 << 10);
      assertThat(log.bytes()).isLessThanOrEqualTo(64 << 10);
      log.forget(log.read(log.head(), 30));
      assertThat(log.takesMore()).isTrue();
      append(log, "y");
      List<String> left = waiting(log);
      assertThat(left).hasSize(kept - 30 + 1).endsWith("y");
    }
  }

  @Test
  void aDiskThatTakesNothingIsTriedAgainWithoutARecord() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
      assertThatThrownBy(() -> append(log, "lost")).hasCauseInstanceOf(IOException.class);
      log.tryAgain();
      assertThat(log.takesMore()).isFalse();

      Files.createDirectory(folder);
      log.tryAgain();

      assertThat(log.takesMore()).isTrue();
      assertThat(files()).isEmpty();
      append(log, "kept");
      assertThat(waiting(log)).containsExactly("kept");
    }
  }

  private long size() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    return size;
  }

  @Test
  void thoseWhoComeTogetherAreAllKeptOnceAndEachInItsOrder() throws Exception {
    int threads = 8;
    int each = 500;
    try (SpoolLog log = open(LARGE)) {
      List<Thread> writers = new ArrayList<>();
      List<CompletableFuture<Void>> kept =
          java.util.Collections.synchronizedList(new ArrayList<>());
      for (int thread = 0; thread < threads; thread++) {
        String name = "t" + thread + "-";
        writers.add(
            new Thread(
                () ->
                    IntStream.range(0, each)
                        .forEach(
                            i ->
                                kept.add(
                                    log.append((name + i).getBytes(StandardCharsets.UTF_8))))));
      }
      writers.forEach(Thread::start);
      List<Kept> read = new ArrayList<>();
      // Read and forgotten while it is written.
      while (read.size() < threads * each) {
        List<Kept> some = log.read(log.head(), 64);
        log.forget(some);
        read.addAll(some);
      }
      for (Thread writer : writers) {
        writer.join();
      }
      CompletableFuture.allOf(kept.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
      assertThat(log.records()).isZero();
      assertThat(files()).isEmpty();
      for (int thread = 0; thread < threads; thread++) {
        String name = "t" + thread + "-";
        assertThat(said(read).stream().filter(it -> it.startsWith(name)))
            .containsExactlyElementsOf(IntStream.range(0, each).mapToObj(i -> name + i).toList());
      }
    }
  }

  @Test
  void twoProcessesNeverUseOneFolder() throws Exception {
    try (SpoolLog log = open(LARGE)) {
      append(log, "a");
      assertThatThrownBy(() -> open(LARGE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another process uses the spool");
    }
    open(LARGE).close();
  }

  @Test
  void aClosedOneKeepsNothing() throws Exception {
    SpoolLog log = open(LARGE);
    CompletableFuture<Void> before = log.append(new byte[] {1});
    log.close();
    assertThat(before).succeedsWithin(java.time.Duration.ofSeconds(20));
    assertThat(log.append(new byte[] {2})).isCompletedExceptionally();
    try (SpoolLog again = open(LARGE)) {
      assertThat(again.records()).isEqualTo(1);
    }
  }
}

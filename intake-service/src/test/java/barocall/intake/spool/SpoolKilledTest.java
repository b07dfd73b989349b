package barocall.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that keeps records and is killed at any moment has kept all that it said it had. */
class SpoolKilledTest {
  @TempDir private Path folder;

  /** Keeps numbered records without end and says of each, as soon as it is kept, which it is. */
  static final class Keeping {
    private static final int AT_ONCE = 16;

    public static void main(String[] args) throws Exception {
      SpoolLog log = SpoolLog.open(Path.of(args[0]), 1L << 30, Clock.systemUTC());
      for (long number = log.records(); ; number += AT_ONCE) {
        List<java.util.concurrent.CompletableFuture<Void>> kept = new ArrayList<>();
        for (long i = number; i < number + AT_ONCE; i++) {
          long mine = i;
          kept.add(
              log.append(ByteBuffer.allocate(700).putLong(i).array())
                  .thenRun(() -> System.out.println(mine)));
        }
        for (var one : kept) {
          one.get(20, TimeUnit.SECONDS);
        }
        System.out.flush();
      }
    }
  }

  @RepeatedTest(3)
  void nothingThatWasAcknowledgedIsLost() throws Exception {
    long acknowledged = -1;
    for (int life = 0; life < 3; life++) {
      acknowledged = Math.max(acknowledged, acknowledgedUntilKilled(life));
      try (SpoolLog log = SpoolLog.open(folder.resolve("spool"), 1L << 30, Clock.systemUTC())) {
        List<Long> numbers =
            log.read(log.head(), Integer.MAX_VALUE).stream()
                .map(it -> ByteBuffer.wrap(it.record()).getLong())
                .toList();
        assertThat((long) numbers.size()).isGreaterThan(acknowledged);
        assertThat(numbers)
            .containsExactlyElementsOf(LongStream.range(0, numbers.size()).boxed().toList());
      }
    }
  }

  private long acknowledgedUntilKilled(int life) throws Exception {
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Keeping.class.getName(),
                folder.resolve("spool").toString())
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> Files.size(said) > 2_000 + 37L * life);
    } finally {
      process.destroyForcibly();
      process.waitFor(20, TimeUnit.SECONDS);
    }
    String all = Files.readString(said);
    return all.substring(0, all.lastIndexOf('\n'))
        .lines()
        .mapToLong(Long::parseLong)
        .max()
        .orElseThrow();
  }
}

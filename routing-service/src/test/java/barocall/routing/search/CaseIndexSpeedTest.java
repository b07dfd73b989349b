package barocall.routing.search;

import static barocall.routing.search.SomeCases.minute;
import static barocall.routing.search.SomeCases.of;
import static barocall.routing.search.SomeCases.received;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.routing.Calls;
import barocall.routing.precedents.Wording;
import barocall.routing.search.CaseIndex.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a search by words takes among so many cases as {@code -Dbarocall.search-speed} says, and
 * what they take of disk and time.
 */
@EnabledIfSystemProperty(named = "barocall.search-speed", matches = "[0-9]+")
class CaseIndexSpeedTest {
  private static final int SEED = 20_261_127;
  private static final int QUESTIONS = 400;
  private static final Duration IN_TIME = Duration.ofMillis(300);
  private static final List<String> ENDINGS =
      List.of("가 고장 났습니다", "를 고쳐 주십시오", "때문에 다닐 수 없습니다", "이 언제 되는지 여쭙니다", "에서 냄새가 심하게 납니다");

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final List<String> words =
      Calls.GYEONGJU.categories().stream()
          .flatMap(it -> it.keywords().stream())
          .distinct()
          .toList();

  @Test
  void wordsAreFoundInTime() throws IOException {
    int cases = Integer.getInteger("barocall.search-speed");
    Wording wording = Wording.ofEveryWord(Calls.GYEONGJU.language(), words);
    try (CaseIndex index = CaseIndex.open(folder, wording)) {
      long start = System.nanoTime();
      for (int i = 0; i < cases; i++) {
        Instant at = minute(i % 2_000_000);
        index.put(of(received("gyeongju-%08d".formatted(i), at, text(), address())));
      }
      index.commit(Position.start(minute(0)));
      index.show();
      long indexed = millis(start);
      String common = measured(index, () -> words.get(0));
      String two = measured(index, () -> word() + " " + word());
      String typical = measured(index, () -> word() + " " + ENDINGS.get(0) + " " + address());
      String none = measured(index, () -> word() + " 없는낱말" + random.nextInt(1_000));
      long bytes = bytes();
      System.gc();
      long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
      System.out.printf(
          "%,d cases: indexed in %,d ms (%,d a second), %,d MB on disk, heap used %,d MB%n"
              + "the commonest word %s%ntwo words %s%na sentence with a place %s%na word that is nowhere %s%n",
          cases,
          indexed,
          cases * 1_000L / Math.max(1, indexed),
          bytes >> 20,
          heap >> 20,
          common,
          two,
          typical,
          none);
    }
  }

  private interface Question {
    String asked();
  }

  private static String measured(CaseIndex index, Question question) throws IOException {
    long[] took = new long[QUESTIONS];
    int found = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      String asked = question.asked();
      long start = System.nanoTime();
      found += index.find(asked, Search.SHOWN).ids().size();
      took[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }
    Arrays.sort(took);
    assertThat(took[QUESTIONS * 99 / 100]).isLessThan(IN_TIME.toNanos() / 1_000);
    return "%.1f ms, 99 of 100 within %.1f, the slowest %.1f; %d found"
        .formatted(
            took[QUESTIONS / 2] / 1e3,
            took[QUESTIONS * 99 / 100] / 1e3,
            took[QUESTIONS - 1] / 1e3,
            found);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      text.append(word()).append(ENDINGS.get(random.nextInt(ENDINGS.size()))).append(". ");
    }
    return text.append(shop()).append(" 앞입니다.").toString();
  }

  /** Many words stand in few cases. */
  private String shop() {
    return "" + syllable() + syllable() + syllable() + "상회";
  }

  private char syllable() {
    return (char) ('가' + 28 * random.nextInt(399));
  }

  private String address() {
    return "경주시 원화로%d길 %d".formatted(random.nextInt(400), random.nextInt(300));
  }

  /** Few words stand in many cases. */
  private String word() {
    int rank = (int) (words.size() * Math.pow(random.nextDouble(), 3));
    return words.get(rank);
  }

  private static long millis(long since) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(CaseIndexSpeedTest::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

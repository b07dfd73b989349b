package barocall.intake.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void linesAreCutWhereverTheBytesAre() {
    String text = "하나\n\n둘\r\n셋";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int size = 1; size <= bytes.length; size++) {
      assertThat(cut(bytes, size, 100))
          .as("in pieces of %d", size)
          .containsExactly("1:하나", "3:둘\r", "4:셋");
    }
  }

  @Test
  void aLineBeyondTheLimitIsMarkedAndItsNeighboursStay() {
    byte[] bytes = ("ab\n" + "x".repeat(1_000) + "\ncd\n").getBytes(StandardCharsets.UTF_8);
    for (int size : new int[] {1, 7, 999, 2_000}) {
      assertThat(cut(bytes, size, 10)).containsExactly("1:ab", "2!", "3:cd");
    }
  }

  @Test
  void aLineOfExactlyTheLimitIsTaken() {
    assertThat(cut("0123456789\n".getBytes(StandardCharsets.UTF_8), 3, 10))
        .containsExactly("1:0123456789");
  }

  private static List<String> cut(byte[] bytes, int size, int limit) {
    Lines lines = new Lines(limit);
    List<Lines.Line> all = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      all.addAll(
          lines.feed(
              java.util.Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length))));
    }
    all.addAll(lines.end());
    return all.stream()
        .map(
            it ->
                it.number()
                    + (it.tooLong() ? "!" : ":" + new String(it.bytes(), StandardCharsets.UTF_8)))
        .toList();
  }
}

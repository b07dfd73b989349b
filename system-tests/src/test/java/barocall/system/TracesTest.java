package barocall.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds what it is there to find, so that an empty result means something. */
class TracesTest {
  private final Traces traces =
      new Traces().number("identity", "870623-1234567").words("e-mail", "planted@example.org");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x870623-1234567x",
        "8706231234567",
        "870623 1234567",
        "８７０６２３－１２３４５６７",
        "87.06.23-1234567",
        "8 7 0 6 2 3 - 1 2 3 4 5 6 7",
        "870623\u200B-\u200B1234567",
        "{\"text\":\"870623\\n1234567\"}"
      })
  void numbersInEverySpelling(String text) {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] encoded = ("안녕 " + text + "!").getBytes(charset);
      byte[] odd = new byte[encoded.length + 1];
      System.arraycopy(encoded, 0, odd, 1, encoded.length);
      assertThat(traces.in(encoded)).as(charset + text).isNotEmpty();
      assertThat(traces.in(odd)).as(charset + text).isNotEmpty();
    }
  }

  @Test
  void wordsInEveryEncoding() {
    byte[] mail = "planted@example.org".getBytes(StandardCharsets.UTF_8);
    for (String before : List.of("", "a", "ab", "abc")) {
      byte[] joined = (before + "planted@example.org;").getBytes(StandardCharsets.UTF_8);
      assertThat(traces.in(Base64.getEncoder().encodeToString(joined))).isNotEmpty();
      assertThat(traces.in(Base64.getUrlEncoder().encodeToString(joined))).isNotEmpty();
    }
    assertThat(traces.in(java.util.HexFormat.of().formatHex(mail))).isNotEmpty();
    assertThat(traces.in("to=planted%40example.org")).isNotEmpty();
    assertThat(traces.in(("x" + "planted@example.org").getBytes(StandardCharsets.UTF_16LE)))
        .isNotEmpty();
  }

  @Test
  void nothingElse() {
    assertThat(
            traces.in(
                "870623-*******, 870623 그리고 1234567, 870624-1234567, planted@example.com, 2026-11-26"))
        .isEmpty();
  }
}

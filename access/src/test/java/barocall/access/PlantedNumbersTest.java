package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever citizens write around an identity number and however they spell it, its last seven
 * digits are gone; and what is none comes through as it was. The texts are made from a seed, which
 * a failure names.
 */
class PlantedNumbersTest {
  private static final int SEEDS = 40;
  private static final int TEXTS = 1_000;

  private static final String[] DASHES = {
    "-", "‐", "‑", "‒", "–", "—", "―", "−", "－", "﹣", "⁃", "ㅡ", "ー", "ｰ", "~", "～", "_", "/", ".",
    "·", "ㆍ", "=", "*", "+", ":", "|"
  };
  private static final String[] BLANKS = {
    " ", "  ", "   ", "\t", "\n", "\r\n", "\u00A0", "\u2003", "\u3000", " \n "
  };
  private static final String[] INVISIBLE = {
    "\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u180E", "\u0000", "\u202E",
    "\uFE0F"
  };

  /** Before and after a number: no digit stands at their seam, for a row of digits is no number. */
  private static final String[] AROUND = {
    "",
    "주민번호는 ",
    "제 번호 ",
    "번호:",
    "(",
    "\"",
    "\n",
    "…",
    "입니다. ",
    ") 연락 주세요",
    "😀",
    "가로등이 꺼졌어요, ",
    " / 전화 010-1234-5678 / ",
    " 접수번호 2611-0482-9137 관련 ",
    "제3동 ",
    "<p>",
    "</p>",
    "id=",
    ";",
    "ＡＢＣ "
  };

  private static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isMaskedInEverySpelling(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      Number number = Number.any(random);
      String text = pick(AROUND, random) + number.spelt(random) + pick(AROUND, random);
      assertGone(number, text, seed);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void severalInOneTextAreAllMasked(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS / 4; i++) {
      List<Number> numbers = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int n = 2 + random.nextInt(4); n > 0; n--) {
        Number number = Number.any(random);
        numbers.add(number);
        text.append("신청인 ").append(number.spelt(random)).append("입니다.\n");
      }
      IdentityNumbers.Masked masked = IdentityNumbers.mask(text.toString());
      assertThat(masked.masked()).as("%d: %s", seed, text).isEqualTo(numbers.size());
      numbers.forEach(it -> assertThat(digits(masked.text())).doesNotContain(it.secret()));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void splitOverSubjectAndTextItIsMaskedInBoth(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      Number number = Number.any(random);
      String whole =
          number.date() + pick(new String[] {"", "-", " ", "–", " - "}, random) + number.secret();
      boolean atDate = random.nextBoolean();
      int cut = atDate ? 6 : 1 + random.nextInt(whole.length() - 1);
      String subject = pick(AROUND, random) + whole.substring(0, cut);
      String text = whole.substring(cut) + pick(AROUND, random);
      IdentityNumbers.Pair pair = IdentityNumbers.mask(subject, text);
      assertThat(pair.masked()).as("%d: %s | %s", seed, subject, text).isEqualTo(1);
      assertThat(digits(pair.first() + pair.second()))
          .as("%d: %s | %s", seed, subject, text)
          .doesNotContain(number.secret());
      if (atDate) {
        assertThat(pair.first()).endsWith(number.date() + "-*******");
        assertThat(pair.second()).startsWith("-*******");
      }
      assertThat(IdentityNumbers.mask(pair.first(), pair.second()).masked()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void maskingAgainChangesNothing(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      String text =
          pick(AROUND, random)
              + Number.any(random).spelt(random)
              + pick(AROUND, random)
              + noise(random);
      String once = IdentityNumbers.mask(text).text();
      assertThat(IdentityNumbers.mask(once))
          .as("%d: %s", seed, text)
          .isEqualTo(new IdentityNumbers.Masked(once, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsNoneComesThroughAsItWas(long seed) {
    Random random = new Random(seed);
    ReceiptNumbers receipts = new ReceiptNumbers(new byte[32]);
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        text.append(innocent(random, receipts)).append(pick(SEPARATORS, random));
      }
      assertThat(IdentityNumbers.mask(text.toString()))
          .as("%d: %s", seed, text)
          .isEqualTo(new IdentityNumbers.Masked(text.toString(), 0));
    }
  }

  /** Eleven of twelve rows of thirteen digits in a longer row have another check digit. */
  @ParameterizedTest
  @MethodSource("seeds")
  void withinALongerRowTheCheckDigitDecides(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      Number number = Number.withCheckDigit(random);
      String before = "0".repeat(1 + random.nextInt(2));
      String row = "x" + before + number.date() + number.secret() + "0x";
      assertThat(IdentityNumbers.mask(row).text())
          .as("%d: %s", seed, row)
          .doesNotContain(number.secret());
    }
  }

  private static final String[] SEPARATORS = {", ", " 그리고 ", "\n", "; ", " 또는 ", "입니다. "};

  private static String innocent(Random random, ReceiptNumbers receipts) {
    String gap = pick(new String[] {"-", " ", ".", ""}, random);
    return switch (random.nextInt(10)) {
      case 0 -> "010" + gap + four(random) + gap + four(random);
      case 1 -> "054-%d-%s".formatted(100 + random.nextInt(900), four(random));
      case 2 -> "+82 10 " + four(random) + " " + four(random);
      case 3 -> receipts.of("inquiry-" + random.nextLong());
      case 4 -> receipts.of("inquiry-" + random.nextLong()).replace("-", "");
      case 5 -> String.format(Locale.ROOT, "%,d원", random.nextInt(100_000_000));
      case 6 -> random.nextInt(1_000_000) + "원";
      case 7 ->
          "%d년 %d월 %d일"
              .formatted(1990 + random.nextInt(50), 1 + random.nextInt(12), 1 + random.nextInt(28));
      case 8 ->
          "%d-%02d-%02d %02d:%02d:%02d"
              .formatted(
                  2000 + random.nextInt(40),
                  1 + random.nextInt(12),
                  1 + random.nextInt(28),
                  random.nextInt(24),
                  random.nextInt(60),
                  random.nextInt(60));
      default -> "1422-36번 " + random.nextInt(200) + "번지 " + random.nextInt(3000) + "호";
    };
  }

  private static String noise(Random random) {
    StringBuilder noise = new StringBuilder();
    for (int n = random.nextInt(30); n > 0; n--) {
      noise.append(
          switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(10));
            case 1 -> pick(DASHES, random);
            case 2 -> pick(BLANKS, random);
            default -> Character.toString(0xAC00 + random.nextInt(11_172));
          });
    }
    return noise.toString();
  }

  private static void assertGone(Number number, String text, long seed) {
    IdentityNumbers.Masked masked = IdentityNumbers.mask(text);
    assertThat(masked.masked()).as("%d: %s", seed, escaped(text)).isEqualTo(1);
    assertThat(digits(masked.text()))
        .as("%d: %s", seed, escaped(text))
        .doesNotContain(number.secret());
  }

  /** A six-digit date and seven digits that may follow it. */
  private record Number(String date, String secret) {
    static Number any(Random random) {
      int month = 1 + random.nextInt(12);
      String date =
          "%02d%02d%02d"
              .formatted(random.nextInt(100), month, 1 + random.nextInt(month == 2 ? 29 : 30));
      return new Number(
          date, (1 + random.nextInt(8)) + "%06d".formatted(random.nextInt(1_000_000)));
    }

    static Number withCheckDigit(Random random) {
      Number any = any(random);
      int[] weights = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
      String twelve = any.date + any.secret.substring(0, 6);
      int sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += (twelve.charAt(k) - '0') * weights[k];
      }
      int foreign = twelve.charAt(6) >= '5' ? 2 : 0;
      int check = ((11 - sum % 11) % 10 + foreign) % 10;
      return new Number(any.date, any.secret.substring(0, 6) + check);
    }

    String spelt(Random random) {
      UnaryOperator<String> script = script(random);
      String gap = gap(random);
      String spelling =
          switch (random.nextInt(9)) {
            case 8 -> {
              // Six may as well be a second day: 251120~251127 3.
              int part = 1 + random.nextInt(5);
              yield script.apply(date)
                  + "-"
                  + script.apply(secret.substring(0, part))
                  + pick(new String[] {" ", "-", "\u3000", "."}, random)
                  + script.apply(secret.substring(part));
            }
            case 0, 1, 2 -> script.apply(date) + gap + script.apply(secret);
            case 3 ->
                script.apply(date)
                    + gap
                    + script.apply(secret.substring(0, 1))
                    + "-"
                    + script.apply(secret.substring(1));
            case 4 -> {
              String part = pick(new String[] {".", "-", "/", " "}, random);
              yield script.apply(date.substring(0, 2))
                  + part
                  + script.apply(date.substring(2, 4))
                  + part
                  + script.apply(date.substring(4))
                  + "-"
                  + script.apply(secret);
            }
            case 5 -> {
              String part = pick(new String[] {" ", "-", "\u3000"}, random);
              yield String.join(part, (script.apply(date) + script.apply(secret)).split(""));
            }
            case 6 -> "(" + script.apply(date) + ")" + gap + "(" + script.apply(secret) + ")";
            default -> century() + script.apply(date) + gap + script.apply(secret);
          };
      return random.nextInt(3) == 0 ? sprinkled(spelling, random) : spelling;
    }

    private String century() {
      return switch (secret.charAt(0)) {
        case '1', '2', '5', '6' -> "19";
        default -> "20";
      };
    }

    private static UnaryOperator<String> script(Random random) {
      int zero = new int[] {'0', '0', '0', '０', 0x0660, 0x0966}[random.nextInt(6)];
      return text ->
          text.codePoints()
              .map(c -> zero + c - '0')
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    }

    private static String gap(Random random) {
      return switch (random.nextInt(5)) {
        case 0 -> "";
        case 1 -> pick(BLANKS, random);
        case 2 -> " " + pick(DASHES, random) + " ";
        case 3 -> pick(DASHES, random) + pick(DASHES, random);
        default -> pick(DASHES, random);
      };
    }

    private static String sprinkled(String text, Random random) {
      StringBuilder sprinkled = new StringBuilder();
      text.codePoints()
          .forEach(
              c -> {
                sprinkled.appendCodePoint(c);
                if (random.nextInt(4) == 0) {
                  sprinkled.append(pick(INVISIBLE, random));
                }
              });
      return sprinkled.toString();
    }
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }

  private static String four(Random random) {
    return "%04d".formatted(random.nextInt(10_000));
  }

  /** Only the digits, of whatever script, as 0 to 9. */
  private static String digits(String text) {
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .filter(Character::isDigit)
        .forEach(c -> digits.append(Character.digit(c, 10)));
    return digits.toString();
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                escaped.append(
                    c < 32 || Character.getType(c) == Character.FORMAT
                        ? "\\u%04X".formatted(c)
                        : Character.toString(c)));
    return escaped.toString();
  }
}

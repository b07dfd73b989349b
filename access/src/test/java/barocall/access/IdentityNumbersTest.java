package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityNumbersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "900101-1234567|900101-*******",
        "9001011234567|900101-*******",
        "900101 1234567|900101-*******",
        "900101 - 1234567|900101-*******",
        "900101–1234567|900101-*******",
        "900101—1234567|900101-*******",
        "900101‐1234567|900101-*******",
        "900101−1234567|900101-*******",
        "900101－1234567|900101-*******",
        "900101ㅡ1234567|900101-*******",
        "900101.1234567|900101-*******",
        "900101/1234567|900101-*******",
        "900101\u200B-\u200B1234567|900101-*******",
        "9\u200B00101-12345\u206067|9\u200B00101-*******",
        "９００１０１－１２３４５６７|９００１０１-*******",
        "①900101-1234567|①900101-*******",
        "900101-1234567①|900101-*******①",
        "90010①-1234567|90010①-*******",
        "(900101)1234567|(900101-*******",
        "(900101) - (1234567)|(900101-*******)",
        "900101:1234567|900101-*******",
        "900101,1234567|900101-*******",
        "900101=1234567|900101-*******",
        "900101*1234567|900101-*******",
        "900101+1234567|900101-*******",
        "900101&nbsp;1234567|900101-*******",
        "900101&#45;1234567|900101-*******",
        "900101-&#x31;234567|900101-*******",
        "900101<br>1234567|900101-*******",
        "<td>900101</td> <td>1234567</td>|<td>900101-*******</td>",
        "90/01/01 1234567|90/01/01-*******",
        "1990.01.01 1234567|1990.01.01-*******",
        "900101-123-4567|900101-*******",
        "900101 1 234567|900101-*******",
        "900101-1-234567|900101-*******",
        "90.01.01-1234567|90.01.01-*******",
        "90-01-01-1234567|90-01-01-*******",
        "900101-123 4567|900101-*******",
        "900101 123 4567|900101-*******",
        "900101-1234 567|900101-*******",
        "900101-1234-567|900101-*******",
        "900101-12 34567|900101-*******",
        "900101-1 2 3 4 5 6 7|900101-*******",
        "900101-1-2-3-4-5-6-7|900101-*******",
        "900101-1,234,567|900101-*******",
        "9 0 0 1 0 1-1234567|9 0 0 1 0 1-*******",
        "9001 01-1234567|9001 01-*******",
        "900 101-1234567|900 101-*******",
        "900 101 1234567|900 101-*******",
        "9001 01-123 4567|9001 01-*******",
        "90-01-01-123 4567|90-01-01-*******",
        "05-01-01-323 4567|05-01-01-*******",
        "90010112 34567|900101-*******",
        "19900101-123 4567|19900101-*******",
        "9⃣0⃣0⃣1⃣0⃣1⃣-1⃣2⃣3⃣4⃣5⃣6⃣7⃣|9⃣0⃣0⃣1⃣0⃣1-*******⃣",
        "900101-<span style=\"a\">1234567</span>|900101-*******</span>",
        "<td class=\"a\">900101</td><td>1234567</td>|<td class=\"a\">900101-*******</td>",
        "이름 <Kim 900101-1234567> 입니다|이름 <Kim 900101-*******> 입니다",
        "<span title=\"900101-1234567\">|<span title=\"900101-*******\">",
        "<a href=\"tel:9001011234567\">|<a href=\"tel:900101-*******\">",
        "<input value=900101-1234567 />|<input value=900101-******* />",
        "19900101-1234567|19900101-*******",
        "1990-01-01-1234567|1990-01-01-*******",
        "199001011234567|19900101-*******",
        "20050228-4234567|20050228-*******",
        "9 0 0 1 0 1 - 1 2 3 4 5 6 7|9 0 0 1 0 1-*******",
        "9-0-0-1-0-1-1-2-3-4-5-6-7|9-0-0-1-0-1-*******",
        "번호는900101-1234567입니다.|번호는900101-*******입니다.",
        "(900101-5234567)|(900101-*******)",
        "040229-3234567|040229-*******",
        "900101-8234567, 851231-2345678|900101-*******, 851231-*******",
        "id=900101-1234567;x|id=900101-*******;x",
        "900101-1234567-900101-1234567|900101-*******-900101-*******"
      })
  void isMasked(String text, String masked) {
    assertThat(IdentityNumbers.mask(text).text()).isEqualTo(masked);
    assertThat(IdentityNumbers.mask(masked)).isEqualTo(new IdentityNumbers.Masked(masked, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"900101|1234567", "900101'1234567", "900101 || 1234567"})
  void isMaskedAcrossBarsAndQuotes(String text) {
    assertThat(IdentityNumbers.mask(text))
        .isEqualTo(new IdentityNumbers.Masked("900101-*******", 1));
  }

  @Test
  void ofThoseBornBefore1900OnlyARightCheckDigitMakesANumber() {
    // 990101-923456?: 9·2+9·3+0+1·5+0+1·7+9·8+2·9+3·2+4·3+5·4+6·5 = 215, 215 mod 11 = 6,
    // 11 − 6 = 5; with 0 as the seventh: 143, 143 mod 11 = 0, 11 − 0 = 11, of which the last is 1.
    assertThat(IdentityNumbers.mask("990101-9234565").text()).isEqualTo("990101-*******");
    assertThat(IdentityNumbers.mask("18990101-9234565").text()).isEqualTo("18990101-*******");
    assertThat(IdentityNumbers.mask("990101-0234561").text()).isEqualTo("990101-*******");
    assertThat(IdentityNumbers.mask("990101-9234566").masked()).isZero();
    assertThat(IdentityNumbers.mask("990101-0234562").masked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01 12:34:56",
        "20260101 1234567",
        "20260101 12:34:56.7",
        "20260101123456",
        "26/01/05 14:05 779-8585",
        "26/01/05 054-779-8585",
        "26/01/05, 1234567원",
        "12:05:30 1234567",
        "1,234,567",
        "260105 1,234,567원",
        "260105: 1,234,567",
        "260105, 779-8585",
        "260105 054-779-8585",
        "260105-054-779-8585",
        "(054)779-8585, (02) 123-4567",
        "36.010203, 129.1234",
        "110-101-1234567",
        "260105-02-1234567",
        "2611-0482-9137, 010-1234-5678",
        "<b>2611-0482-9137</b><br>010-1234-5678",
        "260105 <b>도로</b> 1234567",
        "260105 AT&T 1234567",
        "010-1234-5678",
        "01012345678",
        "010 1234 5678 02-123-4567",
        "010-1012-1234 010-1012-1234",
        "054-779-8585, 1422-36",
        "+82 10 1234 5678",
        "821012345678",
        "00821012345678",
        "0505-1234-5678",
        "2611-0482-9137",
        "261104829137",
        "2611-0482-9137 2611-0482-9137",
        "901301-1234567",
        "900132-1234567",
        "900230-1234567",
        "900101-9234567",
        "900101-0234567",
        "900101-123456",
        "900101-12345678",
        "1900101-1234567",
        "900101",
        "900101-*******",
        "2026-01-05 14:05:30.123456",
        "2026년 1월 5일 900101 번지, 1234567원",
        "260105 779-8585",
        "26-01-05 1203 101",
        "26-01-05 779-8585",
        "1012-15 101-1203",
        "010 1234 5678 12시",
        "01012345678 12시",
        "01012345678 1234",
        "+82 10 1234 5678 1번",
        "82 10 1234 5678 1번",
        "02 123 0567 1234",
        "261104829137 1건",
        "20101231 12345",
        "10 12 15 3 450 120",
        "301-0123-4567-81",
        "1002-123-456789",
        "260105: 12 34567",
        "공사 25.11.20~25.11.27 3회",
        "25.11.20. ~ 25.11.27. 9시부터",
        "251120~251127 3일간",
        "25-11-20 ~ 25-11-27 2번",
        "25.11.20/25.11.27 5",
        "251120 - 1,234,567원 납부",
        "35.856171, 129.224748",
        "4111-1111-1111-1111",
        "110-123-456789",
        "",
        "가나다"
      })
  void isLeftAlone(String text) {
    assertThat(IdentityNumbers.mask(text)).isEqualTo(new IdentityNumbers.Masked(text, 0));
  }

  @Test
  void inALongerRowOnlyARightCheckDigitMakesANumber() {
    // 900101-123456? has the check digit 8: 9·2+0+0+1·5+0+1·7+1·8+2·9+3·2+4·3+5·4+6·5 = 124, 124
    // mod
    // 11 = 3, 11 − 3 = 8.
    assertThat(IdentityNumbers.mask("55900101123456877").text()).isEqualTo("55900101-*******77");
    assertThat(IdentityNumbers.mask("55900101123456777").masked()).isZero();
  }

  @Test
  void everyNumberInAnyTextIsFoundAndCounted() {
    Random random = new Random(20260105);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      int numbers = random.nextInt(4);
      for (int n = 0; n < numbers; n++) {
        String words = words(random);
        String date = date(random);
        text.append(words).append(date).append(gap(random)).append(secret(random));
        expected.append(words).append(date).append("-*******");
      }
      String tail = words(random);
      text.append(tail);
      expected.append(tail);

      assertThat(IdentityNumbers.mask(text.toString()))
          .as(text.toString())
          .isEqualTo(new IdentityNumbers.Masked(expected.toString(), numbers));
    }
  }

  @Test
  void noTelephoneOrReceiptNumberIsEverTaken() {
    Random random = new Random(20260106);
    ReceiptNumbers receipts = new ReceiptNumbers(new byte[32]);
    String[] gaps = {"", "-", " ", ".", " - "};
    for (int round = 0; round < 20_000; round++) {
      String gap = gaps[random.nextInt(gaps.length)];
      String mobile = "010" + gap + four(random) + gap + four(random);
      String local = "054" + gap + (100 + random.nextInt(900)) + gap + four(random);
      String abroad = "+82" + gap + "10" + gap + four(random) + gap + four(random);
      String receipt = receipts.of("inquiry-" + round);
      String bare = receipt.replace("-", "");
      String text =
          String.join(" 또는 ", mobile, local, abroad, receipt, bare)
              + "\n"
              + String.join(", ", mobile, bare, receipt)
              + "\n"
              + String.join(" ", receipt, mobile, receipt);
      assertThat(IdentityNumbers.mask(text).masked()).as(text).isZero();
    }
  }

  @Test
  void aLongTextTakesNoTimeToSpeakOf() {
    String digits = "9001011".repeat(20_000 / 7);
    String mixed = "900101-1234567 ".repeat(20_000 / 15);
    String spelt = "9 0 0 1 0 1 1 ".repeat(20_000 / 14);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 50; i++) {
            assertThat(IdentityNumbers.mask(digits).text()).isNotEmpty();
            assertThat(IdentityNumbers.mask(mixed).masked()).isEqualTo(20_000 / 15);
            assertThat(IdentityNumbers.mask(spelt).text()).isNotEmpty();
          }
        });
  }

  private static String words(Random random) {
    String[] words = {"도로가 ", "민원: ", "가로등(", "전화 주세요 010-1234-5678, ", "x", "7번 ", "\n", "😀"};
    // No digit touches the numbers: that is a case of its own.
    return "," + words[random.nextInt(words.length)] + "x";
  }

  private static String date(Random random) {
    return "%02d%02d%02d"
        .formatted(random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28));
  }

  private static String secret(Random random) {
    return (1 + random.nextInt(8)) + "%06d".formatted(random.nextInt(1_000_000));
  }

  private static String gap(Random random) {
    String[] gaps = {"", "-", " ", "–", "－", " - ", "\u200B", "\u00A0", "~", "\u00AD-"};
    return gaps[random.nextInt(gaps.length)];
  }

  private static String four(Random random) {
    return "%04d".formatted(random.nextInt(10_000));
  }
}

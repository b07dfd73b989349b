package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReceiptNumbersTest {
  private final ReceiptNumbers numbers =
      new ReceiptNumbers("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  @Test
  void theNumberOfAnInquiryNeverChanges() {
    // Computed apart from this code, with Python's hmac and a published Damm table.
    assertThat(numbers.of("gyeongju-1")).isEqualTo("3330-0003-1570");
  }

  @Test
  void everyNumberIsReadBackHoweverItIsTyped() {
    for (int i = 0; i < 1_000; i++) {
      String number = numbers.of("inquiry-" + i);
      assertThat(number).matches("\\d{4}-\\d{4}-\\d{4}");
      assertThat(ReceiptNumbers.parse(number)).contains(number);
      assertThat(ReceiptNumbers.parse(number.replace("-", ""))).contains(number);
      assertThat(ReceiptNumbers.parse(" " + number.replace('-', ' ') + " ")).contains(number);
      assertThat(ReceiptNumbers.parse(number.replace('-', '–'))).contains(number);
    }
  }

  @Test
  void everyWrongDigitAndEveryExchangeOfNeighboursIsFound() {
    String digits = numbers.of("inquiry").replace("-", "");
    for (int i = 0; i < digits.length(); i++) {
      for (char c = '0'; c <= '9'; c++) {
        if (c != digits.charAt(i)) {
          assertThat(ReceiptNumbers.parse(digits.substring(0, i) + c + digits.substring(i + 1)))
              .isEmpty();
        }
      }
      if (i > 0 && digits.charAt(i) != digits.charAt(i - 1)) {
        String exchanged =
            digits.substring(0, i - 1)
                + digits.charAt(i)
                + digits.charAt(i - 1)
                + digits.substring(i + 1);
        assertThat(ReceiptNumbers.parse(exchanged)).isEmpty();
      }
    }
  }

  @Test
  void otherTextIsNoReceiptNumber() {
    assertThat(ReceiptNumbers.parse("")).isEmpty();
    assertThat(ReceiptNumbers.parse("2611-0482-913")).isEmpty();
    assertThat(ReceiptNumbers.parse("2611-0482-9137x")).isEmpty();
    assertThat(ReceiptNumbers.parse("0".repeat(50_000))).isEmpty();
  }

  @Test
  void numbersAreSpreadOverTheirWholeRange() {
    Set<String> seen = new HashSet<>();
    int[] first = new int[10];
    for (int i = 0; i < 10_000; i++) {
      String number = numbers.of("inquiry-" + i);
      seen.add(number);
      first[number.charAt(0) - '0']++;
    }
    assertThat(seen).hasSizeGreaterThan(9_995);
    assertThat(java.util.Arrays.stream(first).boxed()).allMatch(n -> n > 800 && n < 1_200);
  }

  @Test
  void theTokenBelongsToOneInquiryAndOneSecret() {
    String token = numbers.token("inquiry-1");

    assertThat(token).matches("[A-Za-z0-9_-]{24}");
    assertThat(numbers.isToken("inquiry-1", token)).isTrue();
    assertThat(numbers.isToken("inquiry-2", token)).isFalse();
    assertThat(numbers.isToken("inquiry-1", "")).isFalse();
    assertThat(new ReceiptNumbers(new byte[32]).isToken("inquiry-1", token)).isFalse();
  }
}

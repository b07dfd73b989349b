package barocall.system;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds what was planted in bytes of any kind: as text in UTF-8 and UTF-16 of both byte orders, at
 * any offset; digits in any script, whatever blanks, marks and invisible characters stand between;
 * and, of words, as Base64, as hexadecimal digits and as URLs and JSON write them.
 */
final class Traces {
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  private static final int WIDEST_GAP = 3;

  private final Map<String, String> digits = new LinkedHashMap<>();
  private final Map<String, byte[]> words = new LinkedHashMap<>();

  /** Plants a number: only its digits count. */
  Traces number(String name, String number) {
    digits.put(name, digitsOf(number));
    return this;
  }

  /** Plants words, such as an e-mail address. */
  Traces words(String name, String text) {
    for (Charset charset : CHARSETS) {
      words.put(name + " in " + charset, text.getBytes(charset));
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    words.put(name + " in hexadecimal", ascii(hex(utf8)));
    words.put(name + " in a URL", ascii(java.net.URLEncoder.encode(text, StandardCharsets.UTF_8)));
    for (int shift = 0; shift < 3; shift++) {
      // What stands before moves the letters; only those that hold none of its bits are looked for.
      byte[] shifted = new byte[shift + utf8.length];
      System.arraycopy(utf8, 0, shifted, shift, utf8.length);
      String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(shifted);
      int from = shift == 0 ? 0 : shift + 1;
      String whole = encoded.substring(from, encoded.length() - (shifted.length % 3 == 0 ? 0 : 1));
      words.put(name + " in Base64 for URLs, " + shift, ascii(whole));
      words.put(name + " in Base64, " + shift, ascii(whole.replace('-', '+').replace('_', '/')));
    }
    return this;
  }

  /** What of it is in these bytes, by name. */
  List<String> in(byte[] bytes) {
    List<String> found = new ArrayList<>();
    words.forEach(
        (name, needle) -> {
          if (indexOf(bytes, needle) >= 0) {
            found.add(name);
          }
        });
    for (Charset charset : CHARSETS) {
      for (int offset = 0; offset < (charset == StandardCharsets.UTF_8 ? 1 : 2); offset++) {
        String text = digitRows(bytes, offset, charset);
        digits.forEach(
            (name, number) -> {
              if (text.contains(number)) {
                found.add(name + " in " + charset);
              }
            });
      }
    }
    return found;
  }

  List<String> in(String text) {
    return in(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digits of a text; where they are far apart or a letter stands between, a blank. */
  private static String digitRows(byte[] bytes, int offset, Charset charset) {
    String text = new String(bytes, offset, bytes.length - offset, charset);
    StringBuilder rows = new StringBuilder();
    int gap = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int digit = Character.digit(c, 10);
      if (c == '\\' && i < text.length() && Character.isLetter(text.charAt(i))) {
        // As JSON writes a line break.
        i++;
        gap++;
      } else if (digit >= 0) {
        if (gap > WIDEST_GAP) {
          rows.append(' ');
        }
        rows.append((char) ('0' + digit));
        gap = 0;
      } else if (Character.isLetter(c)) {
        gap = WIDEST_GAP + 1;
      } else if (Character.getType(c) != Character.FORMAT) {
        gap++;
      }
    }
    return rows.toString();
  }

  private static String digitsOf(String number) {
    return number
        .codePoints()
        .filter(Character::isDigit)
        .map(c -> '0' + Character.digit(c, 10))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int indexOf(byte[] bytes, byte[] needle) {
    for (int i = 0; i + needle.length <= bytes.length; i++) {
      int k = 0;
      while (k < needle.length && bytes[i + k] == needle[k]) {
        k++;
      }
      if (k == needle.length) {
        return i;
      }
    }
    return -1;
  }
}

package barocall.traffic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mends texts of a portal that were UTF-8 and had been read as Latin-1 before they were exported.
 */
final class Words {

  /** A lead byte of UTF-8 and as many bytes as it announces, each shown as a Latin-1 character. */
  private static final Pattern MANGLED =
      Pattern.compile(
          "[\u00c2-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}|[\u00f0-\u00f4][\u0080-\u00bf]{3}");

  private Words() {}

  /** {@code cafÃ©} becomes {@code café}; what is no such sequence stays as it is. */
  static String mended(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    return MANGLED.matcher(text).replaceAll(Words::decoded);
  }

  /** Whether a character could not be read in the file's encoding. */
  static boolean unreadable(String text) {
    return text.indexOf('\ufffd') >= 0;
  }

  private static String decoded(MatchResult mangled) {
    byte[] bytes = mangled.group().getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Matcher.quoteReplacement(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Matcher.quoteReplacement(mangled.group());
    }
  }
}

package barocall.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks resident registration numbers (주민등록번호) and foreigners' registration numbers (외국인등록번호),
 * which may not be processed without a basis in law (개인정보 보호법 §24의2): six digits of a date of
 * birth, a digit for century and sex, six more. Numbers given since October 2020 have random digits
 * and no valid check digit, so a look-alike is masked as well: a possible date and a possible
 * seventh digit suffice. They are recognised in digits of any script, with blanks, hyphens of any
 * kind, dots, other marks, markup or invisible characters between, with a year of four digits, with
 * a hyphen inside the date, spelt digit by digit, and parted at any other place by blanks or, in
 * the last seven digits, by hyphens, unless the parts may as well be several numbers of something
 * else. In a longer row of digits without any gap, and for those born before 1900, only a right
 * check digit makes a number. A date and behind a blank a telephone number ({@code 260105
 * 779-8585}) are none.
 *
 * <p>What stays is the date: {@code 900101-*******}. The time needed grows with the length alone.
 */
public final class IdentityNumbers {
  private static final int LENGTH = 13;
  private static final int DATE = 6;
  private static final int WIDEST_GAP = 5;
  private static final String MASK = "-*******";

  /** Between two texts: as if there were nothing, and as if there were a blank. */
  private static final char[] SEAMS = {'\u200B', '\n'};

  private static final int[] WEIGHTS = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Characters that people type for a hyphen and Unicode does not count among the dashes. */
  private static final String LIKE_DASHES = "−⁃ㅡᅳーｰ一─━~～_＿/／.．·ㆍ‧・･";

  /** As long as a telephone number or a receipt number without gaps, which others may follow. */
  private static final int LONG_ROW = 10;

  /** Eight digits of a day. */
  private static final int WHOLE_DATE = 8;

  /** A character by its name or number, or a tag, as in text from a web page. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "&(?:[a-zA-Z]{2,8}|#([0-9]{1,6})|#[xX]([0-9a-fA-F]{1,5}));"
              + "|</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\\s[^<>]{0,200})?/?>");

  private final int[] digit;
  private final int[] start;
  private final int[] end;
  private final Gap[] before;
  private final int[] width;
  private final boolean[] ornate;
  private int count;

  /** What stands between a digit and the one before it. */
  private enum Gap {
    NONE,
    BLANK,
    DASH,
    MARK,
    OTHER
  }

  /**
   * A text without identity numbers.
   *
   * @param masked how many were masked
   */
  public record Masked(String text, int masked) {}

  /**
   * Two texts that are read one after the other, without identity numbers.
   *
   * @param masked how many were masked
   */
  public record Pair(@Nullable String first, @Nullable String second, int masked) {}

  private IdentityNumbers(int length) {
    digit = new int[length];
    start = new int[length];
    end = new int[length];
    before = new Gap[length];
    width = new int[length];
    ornate = new boolean[length];
  }

  /**
   * Whether one stands in a text as numbers are usually written, not parted at other places. The
   * ids of rows were always told apart by that: the same row must stay the same inquiry.
   */
  static boolean isLikeOne(String text) {
    IdentityNumbers digits = new IdentityNumbers(text.length());
    digits.read(text);
    for (int i = 0; i + LENGTH <= digits.count; i++) {
      if (digits.isBirth(i) && (digits.isGrouped(i) || digits.isSpelt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Masks every identity number in a text. */
  public static Masked mask(String text) {
    IdentityNumbers digits = new IdentityNumbers(text.length());
    digits.read(text);
    return digits.masked(text);
  }

  /**
   * Masks every identity number in two texts that are read one after the other, such as a subject
   * and what follows it: also one that begins in the first and ends in the second.
   */
  public static Pair mask(@Nullable String first, @Nullable String second) {
    Masked one = first == null ? null : mask(first);
    Masked other = second == null ? null : mask(second);
    if (one == null || other == null) {
      return new Pair(
          one == null ? null : one.text(),
          other == null ? null : other.text(),
          (one == null ? 0 : one.masked()) + (other == null ? 0 : other.masked()));
    }
    int masked = one.masked() + other.masked();
    for (char seam : SEAMS) {
      Pair pair = maskAcross(one.text(), other.text(), seam);
      if (pair != null) {
        return new Pair(pair.first(), pair.second(), masked + pair.masked());
      }
    }
    return new Pair(one.text(), other.text(), masked);
  }

  private static @Nullable Pair maskAcross(String first, String second, char between) {
    String both = first + between + second;
    IdentityNumbers digits = new IdentityNumbers(both.length());
    digits.read(both);
    int seam = first.length();
    for (int i = 0; i + LENGTH <= digits.count; i++) {
      int last = digits.end[i + LENGTH - 1];
      if (digits.start[i] < seam && last > seam && digits.isNumber(i)) {
        int date = digits.end[i + DATE - 1];
        String rest = both.substring(last);
        return date <= seam
            ? new Pair(both.substring(0, date) + MASK, MASK + rest, 1)
            : new Pair(first, both.substring(seam + 1, date) + MASK + rest, 1);
      }
    }
    return null;
  }

  private void read(String text) {
    Gap gap = Gap.OTHER;
    int wide = 0;
    Matcher markup = MARKUP.matcher(text);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if ((c == '&' || c == '<')
          && markup.region(i, text.length()).lookingAt()
          && (c == '&' || !hasNumber(text.substring(i + 1, markup.end())))) {
        c = meant(markup);
        next = markup.end();
      }
      int value = value(c);
      if (value >= 0) {
        digit[count] = value;
        start[count] = i;
        end[count] = next;
        before[count] = gap;
        width[count] = wide;
        ornate[count] = Character.getType(c) == Character.OTHER_NUMBER;
        count++;
        gap = Gap.NONE;
        wide = 0;
      } else if (!isInvisible(c)) {
        wide++;
        gap = wide > WIDEST_GAP ? Gap.OTHER : wider(gap, c);
      }
      i = next;
    }
  }

  /** Of what stands in a tag, which is short and has no other tag in it. */
  private static boolean hasNumber(String inTag) {
    return mask(inTag).masked() > 0;
  }

  /** The character that markup stands for; of a tag and of a name, a blank. */
  private static int meant(Matcher markup) {
    int c = ' ';
    if (markup.group(1) != null) {
      c = Integer.parseInt(markup.group(1));
    } else if (markup.group(2) != null) {
      c = Integer.parseInt(markup.group(2), 16);
    }
    return c;
  }

  private Masked masked(String text) {
    StringBuilder result = null;
    int copied = 0;
    int masked = 0;
    for (int i = 0; i + LENGTH <= count; i++) {
      if (isNumber(i)) {
        if (result == null) {
          result = new StringBuilder(text.length());
        }
        result.append(text, copied, end[i + DATE - 1]).append(MASK);
        copied = end[i + LENGTH - 1];
        masked++;
        i += LENGTH - 1;
      }
    }
    return result == null
        ? new Masked(text, 0)
        : new Masked(result.append(text, copied, text.length()).toString(), masked);
  }

  private boolean isNumber(int i) {
    return isBirth(i) && (isGrouped(i) || isSpelt(i) || isParted(i));
  }

  /**
   * {@code 900101-1234567}, {@code 9001011234567}, {@code 900101 1 234567}, {@code 90.01.01-1…},
   * {@code 900101-123-4567}.
   */
  private boolean isGrouped(int i) {
    boolean grouped =
        (allNone(i + 1, i + DATE) || isDayByDay(i))
            && before[i + DATE] != Gap.OTHER
            && (isRow(i) || isLikeTelephone(i));
    if (!grouped) {
      return false;
    }
    boolean ends = i + LENGTH == count || isApart(i + LENGTH);
    boolean begins = isApart(i) || isYearBefore(i);
    if (begins && ends) {
      return true;
    }
    return allNone(i + 1, i + LENGTH) && hasCheckDigit(i);
  }

  /** The last seven in a row, or the first of them apart. */
  private boolean isRow(int i) {
    Gap second = before[i + DATE + 1];
    return (second == Gap.NONE || isBlankOrDash(second)) && allNone(i + DATE + 2, i + LENGTH);
  }

  /** Only between hyphens: a date and a telephone number often follow each other. */
  private boolean isLikeTelephone(int i) {
    return before[i + DATE] == Gap.DASH
        && before[i + DATE + 3] == Gap.DASH
        && allNone(i + DATE + 1, i + DATE + 3)
        && allNone(i + DATE + 4, i + LENGTH);
  }

  /**
   * {@code 900101-123 4567}, {@code 900101 1234 567}, {@code 9001 01-1234567}, {@code
   * 900101-1,234,567}, {@code 90010112 34567}.
   */
  private boolean isParted(int i) {
    boolean ends = i + LENGTH == count || isApart(i + LENGTH);
    if (!ends || !(isApart(i) || isYearBefore(i))) {
      return false;
    }
    Gap middle = before[i + DATE];
    if (middle == Gap.DASH && allNone(i + 1, i + DATE) && isLikeAmount(i)) {
      return true;
    }
    boolean wholeDate = allNone(i + 1, i + DATE);
    boolean daysApart = isDayByDay(i);
    if (isFar(middle)
        || !(wholeDate || daysApart || isPartedBy(i + 1, i + DATE, false))
        || !isPartedBy(i + DATE + 1, i + LENGTH, true)
        || isTelephoneAfterDate(i)
        || (!daysApart && isLikeTelephones(i))
        || isDays(i)) {
      return false;
    }
    boolean wholeSeven = allNone(i + DATE + 1, i + LENGTH);
    // In other shapes it may as well be several numbers of something else.
    return middle == Gap.DASH
        || (wholeSeven && middle == Gap.BLANK && !daysApart)
        || (wholeDate && (middle == Gap.BLANK || isShortRow(i)));
  }

  private boolean isPartedBy(int from, int to, boolean dashes) {
    for (int k = from; k < to; k++) {
      Gap gap = before[k];
      if (gap != Gap.NONE && gap != Gap.BLANK && !(dashes && gap == Gap.DASH)) {
        return false;
      }
    }
    return true;
  }

  /** {@code 90-01-01}. */
  private boolean isDayByDay(int i) {
    return before[i + 1] == Gap.NONE
        && isBlankOrDash(before[i + 2])
        && before[i + 3] == Gap.NONE
        && before[i + 4] == before[i + 2]
        && before[i + 5] == Gap.NONE
        && isBlankOrDash(before[i + DATE]);
  }

  /** Seven digits with the separators of thousands; behind a wider gap they are money. */
  private boolean isLikeAmount(int i) {
    return width[i + DATE] == 1
        && before[i + DATE + 1] == Gap.MARK
        && before[i + DATE + 4] == Gap.MARK
        && allNone(i + DATE + 2, i + DATE + 4)
        && allNone(i + DATE + 5, i + LENGTH);
  }

  /** {@code 25.11.20~25.11.27 3}: from a day to a day, and another number. */
  private boolean isDays(int i) {
    int month = digit[i + 8] * 10 + digit[i + 9];
    int day = digit[i + 10] * 10 + digit[i + 11];
    boolean apart = before[i + 8] != Gap.NONE;
    return before[i + 12] != Gap.NONE
        && (before[i + 10] != Gap.NONE) == apart
        && before[i + 7] == Gap.NONE
        && before[i + 9] == Gap.NONE
        && before[i + 11] == Gap.NONE
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= DAYS[month - 1];
  }

  /** {@code 260105 779-8585}. */
  private boolean isTelephoneAfterDate(int i) {
    return before[i + DATE] == Gap.BLANK
        && before[i + DATE + 3] == Gap.DASH
        && allNone(i + DATE + 1, i + DATE + 3)
        && allNone(i + DATE + 4, i + LENGTH);
  }

  /** {@code 010 1234 5678}, {@code 02 123 4567}, {@code 82 10 1234 5678}. */
  private boolean isLikeTelephones(int i) {
    int row = row(i);
    return !allNone(i + DATE + 1, i + LENGTH)
        && ((digit[i] == 0 && (row == 2 || row == 3))
            || (row == 2 && digit[i] == 8 && digit[i + 1] == 2));
  }

  /** Whether the first digits without a gap are neither a telephone number's nor a whole day's. */
  private boolean isShortRow(int i) {
    int row = row(i);
    return row < LONG_ROW && !(row == WHOLE_DATE && isWholeDate(i));
  }

  /** How many digits stand there without a gap, at most as many as a number has. */
  private int row(int i) {
    int row = 1;
    while (row < LENGTH && before[i + row] == Gap.NONE) {
      row++;
    }
    return row;
  }

  private boolean isWholeDate(int i) {
    int century = digit[i] * 10 + digit[i + 1];
    int month = digit[i + 4] * 10 + digit[i + 5];
    int day = digit[i + 6] * 10 + digit[i + 7];
    return (century == 19 || century == 20)
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= DAYS[month - 1];
  }

  /** Whether a digit does not belong to the row before it: {@code 1234567①} is no longer row. */
  private boolean isApart(int i) {
    return before[i] != Gap.NONE || ornate[i] != ornate[i - 1];
  }

  /** {@code 9 0 0 1 0 1 - 1 2 3 4 5 6 7}, and no digit more on either side. */
  private boolean isSpelt(int i) {
    for (int k = i + 1; k < i + LENGTH; k++) {
      boolean fits = k == i + DATE ? isBlankOrDash(before[k]) : before[k] == before[i + 1];
      if (!fits || !isBlankOrDash(before[k])) {
        return false;
      }
    }
    boolean ends = i + LENGTH == count || isApartFromSpelt(i + LENGTH, i + 1);
    return ends
        && (isApartFromSpelt(i, i + 1)
            || (isCenturyBefore(i)
                && before[i] == before[i + 1]
                && before[i - 1] == before[i + 1]
                && isApartFromSpelt(i - 2, i + 1)));
  }

  /** Whether the gap before a digit is another than those within a number that is spelt. */
  private boolean isApartFromSpelt(int i, int within) {
    return isFar(before[i])
        || (before[i] != Gap.NONE && (before[i] != before[within] || width[i] > width[within]));
  }

  /** A year of four digits that agrees with the century of the seventh digit. */
  private boolean isYearBefore(int i) {
    return i >= 2 && before[i - 1] == Gap.NONE && before[i - 2] != Gap.NONE && isCenturyBefore(i);
  }

  /** The two digits before, whatever stands between them. */
  private boolean isCenturyBefore(int i) {
    if (i < 2) {
      return false;
    }
    int century = digit[i - 2] * 10 + digit[i - 1];
    return switch (digit[i + DATE]) {
      case 1, 2, 5, 6 -> century == 19;
      case 3, 4, 7, 8 -> century == 20;
      case 9, 0 -> century == 18;
      default -> false;
    };
  }

  private boolean isBirth(int i) {
    int month = digit[i + 2] * 10 + digit[i + 3];
    int day = digit[i + 4] * 10 + digit[i + 5];
    int century = digit[i + DATE];
    // 9 and 0 are for those born before 1900: on old papers, and long without new numbers.
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= DAYS[month - 1]
        && ((century >= 1 && century <= 8) || hasCheckDigit(i));
  }

  /** By 주민등록법 시행규칙, for numbers given before October 2020; foreigners' numbers add two. */
  private boolean hasCheckDigit(int i) {
    int sum = 0;
    for (int k = 0; k < WEIGHTS.length; k++) {
      sum += digit[i + k] * WEIGHTS[k];
    }
    int check = (11 - sum % 11) % 10;
    int foreign = (check + 2) % 10;
    int last = digit[i + LENGTH - 1];
    int century = digit[i + DATE];
    return last == (century >= 5 && century <= 8 ? foreign : check);
  }

  private boolean allNone(int from, int to) {
    for (int k = from; k < to; k++) {
      if (before[k] != Gap.NONE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlankOrDash(Gap gap) {
    return gap == Gap.BLANK || gap == Gap.DASH;
  }

  private static boolean isFar(Gap gap) {
    return gap == Gap.MARK || gap == Gap.OTHER;
  }

  /** The value of a digit of any script, circled and raised ones too; otherwise −1. */
  private static int value(int c) {
    if (c < 128) {
      return c >= '0' && c <= '9' ? c - '0' : -1;
    }
    int type = Character.getType(c);
    if (type == Character.DECIMAL_DIGIT_NUMBER || type == Character.OTHER_NUMBER) {
      int value = Character.getNumericValue(c);
      return value >= 0 && value <= 9 ? value : -1;
    }
    return -1;
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (type == Character.CONTROL && !Character.isWhitespace(c));
  }

  private static Gap wider(Gap gap, int c) {
    if (gap == Gap.OTHER || Character.isLetter(c) && LIKE_DASHES.indexOf(c) < 0) {
      return Gap.OTHER;
    }
    if (gap == Gap.MARK) {
      return Gap.MARK;
    }
    if (Character.getType(c) == Character.DASH_PUNCTUATION || LIKE_DASHES.indexOf(c) >= 0) {
      return Gap.DASH;
    }
    boolean blank = Character.isWhitespace(c) || Character.isSpaceChar(c);
    if (!blank) {
      return Gap.MARK;
    }
    return gap == Gap.NONE ? Gap.BLANK : gap;
  }
}

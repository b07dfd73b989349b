package barocall.routing.precedents;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ko.KoreanPartOfSpeechStopFilter;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.dict.UserDictionary;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The words by which inquiries are alike, in the language of a city: Korean without particles,
 * endings and what only helps a sentence along, verbs as a dictionary has them; English by its
 * stems. Words that stand in any inquiry say nothing and are left out.
 */
public final class Wording {
  /** What nearly everybody writes to a city. */
  private static final List<String> SAYING_NOTHING =
      List.of(
          "안녕", "안녕하다", "민원", "요청", "부탁", "감사", "확인", "말씀", "신고", "바라다", "드리다", "부탁드리다", "알다", "싶다",
          "있다", "없다", "되다", "하다", "않다", "같다", "보다", "어떻다", "어떠하다", "어디", "무엇", "언제", "얼마", "좀", "때",
          "곳", "수", "것", "씨", "시", "년", "월", "일", "분", "번");

  private static final Set<POS.Tag> LEFT_OUT = leftOut();

  /** What only helps a sentence along. */
  private static final Set<POS.Tag> HELPING =
      EnumSet.copyOf(KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS);

  /** An analyzer would take it for a door with a particle. */
  private static final Pattern INQUIRING = Pattern.compile("(?<![가-힣])문의");

  /** In characters, so that long texts take no more time and memory than a page of words. */
  static final int LONGEST = 2_000;

  private static final Pattern WORD = Pattern.compile("[가-힣]{3,}");

  private final Analyzer whole;
  private final Analyzer withParts;

  private Wording(Analyzer whole, Analyzer withParts) {
    this.whole = whole;
    this.withParts = withParts;
  }

  /**
   * Loads the dictionary of the language, which may take a second.
   *
   * @param own words of the city that are taken whole, whatever the dictionary says
   */
  static Wording of(Locale language, List<String> own) {
    return of(language, own, LEFT_OUT, SAYING_NOTHING);
  }

  /**
   * The same for who looks for one case: every word that they name tells it from others, numbers
   * and what stands in many as well.
   */
  public static Wording ofEveryWord(Locale language, List<String> own) {
    return of(language, own, HELPING, List.of());
  }

  private static Wording of(
      Locale language, List<String> own, Set<POS.Tag> leftOut, List<String> nothing) {
    if (language.getLanguage().equals("ko")) {
      UserDictionary dictionary = dictionary(own);
      return new Wording(
          new Korean(dictionary, false, leftOut, nothing),
          new Korean(dictionary, true, leftOut, nothing));
    }
    Analyzer english = new EnglishAnalyzer();
    return new Wording(english, english);
  }

  /**
   * A word that is looked for.
   *
   * @param parts those of a compound that say as much as it does whole; empty where there are none
   */
  public record Sought(String word, List<String> parts) {}

  /** Each word once: what is found has all of them, a compound whole or each of its parts. */
  public List<Sought> sought(String text) {
    Set<Sought> all = new LinkedHashSet<>();
    try (TokenStream stream = withParts.tokenStream("words", prepared(text))) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      String compound = null;
      int end = 0;
      List<String> parts = new ArrayList<>();
      while (stream.incrementToken()) {
        if (compound != null && place.endOffset() <= end) {
          parts.add(word.toString());
        } else {
          add(all, compound, parts);
          compound = word.toString();
          end = place.endOffset();
          parts.clear();
        }
      }
      add(all, compound, parts);
      stream.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", impossible);
    }
    return List.copyOf(all);
  }

  private static void add(Set<Sought> all, @Nullable String word, List<String> parts) {
    if (word != null) {
      boolean asMuch = String.join("", parts).equals(word);
      all.add(new Sought(word, asMuch ? List.copyOf(parts) : List.of()));
    }
  }

  /** By which {@link #prepared} words are indexed: compounds whole and in their parts. */
  public Analyzer analyzer() {
    return withParts;
  }

  /** What of a text may be analysed: what matters stands at its beginning. */
  public static String prepared(String text) {
    return INQUIRING.matcher(Masks.masked(beginning(text))).replaceAll(" ");
  }

  /** Up to a blank, so that no half of a word counts as one. */
  private static String beginning(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int blank = text.lastIndexOf(' ', LONGEST);
    return text.substring(0, blank < 0 ? LONGEST : blank);
  }

  /** Each word once, in the order of the text, compounds whole. */
  Set<String> words(String text) {
    return words(text, whole);
  }

  /** Each word and each part of one by which the text is found. */
  public Set<String> wordsAndParts(String text) {
    return words(text, withParts);
  }

  private static Set<String> words(String text, Analyzer analyzer) {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream("words", prepared(text))) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(word.toString());
      }
      stream.end();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", impossible);
    }
    return words;
  }

  /** Only words that hardly stand inside of others. */
  private static @Nullable UserDictionary dictionary(List<String> own) {
    try {
      return UserDictionary.open(
          new StringReader(
              own.stream()
                  .filter(it -> WORD.matcher(it).matches())
                  .distinct()
                  .collect(Collectors.joining("\n"))));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", impossible);
    }
  }

  private static Set<POS.Tag> leftOut() {
    Set<POS.Tag> tags = EnumSet.copyOf(KoreanPartOfSpeechStopFilter.DEFAULT_STOP_TAGS);
    // Helping verbs, copulas, pronouns, numerals and digits; a number tells no two inquiries apart.
    tags.addAll(
        EnumSet.of(
            POS.Tag.VX,
            POS.Tag.VCP,
            POS.Tag.VCN,
            POS.Tag.NP,
            POS.Tag.NNB,
            POS.Tag.NNBC,
            POS.Tag.NR,
            POS.Tag.SN,
            POS.Tag.MM,
            POS.Tag.SY));
    return tags;
  }

  private static final class Korean extends Analyzer {
    private final CharArraySet nothing;
    private final @Nullable UserDictionary own;
    private final boolean withParts;
    private final Set<POS.Tag> leftOut;

    Korean(
        @Nullable UserDictionary own,
        boolean withParts,
        Set<POS.Tag> leftOut,
        List<String> nothing) {
      this.own = own;
      this.withParts = withParts;
      this.leftOut = leftOut;
      this.nothing = new CharArraySet(nothing, true);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer tokenizer =
          new KoreanTokenizer(
              KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
              own,
              KoreanTokenizer.DecompoundMode.MIXED,
              false);
      TokenStream words =
          new KoreanPartOfSpeechStopFilter(new WholeWords(tokenizer, withParts), leftOut);
      return new TokenStreamComponents(
          tokenizer, new StopFilter(new LowerCaseFilter(new DictionaryForm(words)), nothing));
    }
  }
}

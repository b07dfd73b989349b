package barocall.routing.precedents;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.tokenattributes.PartOfSpeechAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Of what comes whole and in its parts, lets a compound noun through whole, as people read it, and
 * an inflected verb in its parts, of which one is its stem.
 */
final class WholeWords extends TokenFilter {
  private static final int SHORTEST_PART = 2;

  private final CharTermAttribute word = addAttribute(CharTermAttribute.class);
  private final PartOfSpeechAttribute kind = addAttribute(PartOfSpeechAttribute.class);
  private final PositionIncrementAttribute position =
      addAttribute(PositionIncrementAttribute.class);
  private final OffsetAttribute place = addAttribute(OffsetAttribute.class);
  private final boolean withParts;
  private int compoundEnd;

  /**
   * @param withParts lets the parts of a compound through as well, so that it is found by one of
   *     them; not those of one syllable, which are parts of too many
   */
  WholeWords(TokenStream words, boolean withParts) {
    super(words);
    this.withParts = withParts;
  }

  @Override
  public boolean incrementToken() throws IOException {
    // Where what stood first is left out, the next stands first: nothing may stand before a text.
    int leftOut = 0;
    while (input.incrementToken()) {
      if (isWanted()) {
        position.setPositionIncrement(position.getPositionIncrement() + leftOut);
        return true;
      }
      leftOut += position.getPositionIncrement();
    }
    return false;
  }

  private boolean isWanted() {
    if (place.endOffset() <= compoundEnd) {
      return withParts && word.length() >= SHORTEST_PART;
    }
    if (kind.getPOSType() == POS.Type.COMPOUND) {
      compoundEnd = place.endOffset();
      return true;
    }
    return kind.getPOSType() != POS.Type.INFLECT;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    compoundEnd = 0;
  }
}

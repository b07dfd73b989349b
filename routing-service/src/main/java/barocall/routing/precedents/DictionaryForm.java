package barocall.routing.precedents;

import java.io.IOException;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ko.POS;
import org.apache.lucene.analysis.ko.tokenattributes.PartOfSpeechAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Puts the ending on verbs and adjectives with which a dictionary has them, as people read it. */
final class DictionaryForm extends TokenFilter {
  private final CharTermAttribute word = addAttribute(CharTermAttribute.class);
  private final PartOfSpeechAttribute kind = addAttribute(PartOfSpeechAttribute.class);

  DictionaryForm(TokenStream words) {
    super(words);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    POS.Tag tag = kind.getLeftPOS();
    if (tag == POS.Tag.VV || tag == POS.Tag.VA) {
      word.append('다');
    }
    return true;
  }
}

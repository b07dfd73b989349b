package barocall.routing.precedents;

import static barocall.routing.precedents.Likeness.Kind.ANSWERED;
import static barocall.routing.precedents.Likeness.Kind.SETTLED;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.routing.cases.Precedent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LikenessTest {
  private static final Instant AT = Instant.parse("2026-11-23T03:00:00Z");
  private static final Wording KOREAN = Wording.of(Locale.KOREAN, List.of());

  private final Likeness likeness = new Likeness(KOREAN);

  @Test
  void theLikestComesFirstAndWhatHasOneWordInCommonNotAtAll() {
    put("lamp", "공원 가로등이 꺼졌는데 무섭습니다", null);
    put("both", "시장 앞 가로등이 깜박이고 꺼집니다", null);
    put("other", "가로등 밑에 쓰레기가 쌓였습니다", null);
    likeness.show();

    assertThat(likeness.find(ANSWERED, "시장 앞 가로등이 꺼졌어요", null, "asked", 10))
        .extracting(Likeness.Alike::inquiryId)
        .containsExactly("both", "lamp");
  }

  @Test
  void theSameCategoryComesBeforeEquals() {
    put("without", "여권 사진 규격을 알려 주세요", null);
    put("with", "여권 사진 규격을 알려 주세요", "passport");
    likeness.show();

    assertThat(likeness.find(ANSWERED, "여권 사진 규격", "passport", "asked", 10))
        .extracting(Likeness.Alike::inquiryId)
        .containsExactly("with", "without");
  }

  @Test
  void whatDepartmentsSettledIsKeptApartAndAnInquiryIsNotLikeItself() {
    likeness.put(new Precedent("roads", AT, "도로가 크게 패였습니다", null, null, "roads"));
    put("answered", "도로가 크게 패였습니다", null);
    likeness.show();

    assertThat(likeness.find(SETTLED, "도로가 패였어요", null, "asked", 10))
        .containsExactly(new Likeness.Alike("roads", "roads"));
    assertThat(likeness.find(ANSWERED, "도로가 패였어요", null, "answered", 10)).isEmpty();
  }

  @Test
  void whatIsPutAgainOrRemovedIsNotThereTwice() {
    put("a", "도로가 크게 패였습니다", null);
    put("a", "도로가 크게 패였습니다", null);
    put("b", "도로가 크게 패였습니다", null);
    likeness.remove("b");
    likeness.show();

    assertThat(likeness.find(ANSWERED, "도로가 패였어요", null, "asked", 10)).hasSize(1);
    assertThat(likeness.size()).isEqualTo(1);
  }

  @Test
  void aTextMayBeginWithAWordThatStandsInItsPartsOnly() {
    put("a", "꺼졌습니다 시장 가로등이", null);
    put("b", "했습니다", null);
    likeness.show();

    assertThat(likeness.find(ANSWERED, "꺼졌어요 시장", null, "asked", 10)).hasSize(1);
  }

  @Test
  void wordsThatSayNothingFindNothing() {
    put("a", "문의드립니다. 확인 부탁드립니다.", null);
    likeness.show();

    assertThat(likeness.find(ANSWERED, "문의드립니다. 확인 부탁드립니다.", null, "asked", 10)).isEmpty();
  }

  private void put(String id, String words, @Nullable String category) {
    likeness.put(new Precedent(id, AT, words, category, "답변", null));
  }
}

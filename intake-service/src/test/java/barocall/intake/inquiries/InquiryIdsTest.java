package barocall.intake.inquiries;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Door;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InquiryIdsTest {
  @Test
  void aKeyIsAlwaysTheSameInquiryOfItsDoor() {
    // printf 'gyeongju\ncalls\ncall-1' | sha256sum
    assertThat(InquiryIds.keyed("gyeongju", Door.CALLS, "call-1"))
        .isEqualTo("gyeongju-c-734c02c94f2da91dfa854cabcde4440b")
        .isNotEqualTo(InquiryIds.keyed("gyeongju", Door.INQUIRIES, "call-1"));
  }

  @Test
  void withoutAKeyTheyAreInOrderOfTime() {
    Random random = new Random(1);
    String early = InquiryIds.timed("gyeongju", Instant.parse("2026-01-01T00:00:00Z"), random);
    String late = InquiryIds.timed("gyeongju", Instant.parse("2026-01-01T00:00:00.001Z"), random);
    assertThat(early).startsWith("gyeongju-019b76da-a800-7").isLessThan(late);
  }

  @Test
  void aRowKeepsItsOwnIdWithOddCharactersEncoded() {
    assertThat(InquiryIds.past("losangeles", "1-877654321")).isEqualTo("losangeles-h-1-877654321");
    assertThat(InquiryIds.past("losangeles", "a b/가%"))
        .isEqualTo("losangeles-h-a%20b%2F%EA%B0%80%25");
  }

  @Test
  void aRowIdLikeAnIdentityNumberIsHashed() {
    assertThat(InquiryIds.past("gyeongju", "900101-1234567"))
        .matches("gyeongju-h-x[0-9a-f]{32}")
        .isNotEqualTo(InquiryIds.past("gyeongju", "900101-1234568"));
  }
}

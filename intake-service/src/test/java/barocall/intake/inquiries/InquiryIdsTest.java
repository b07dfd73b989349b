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
}

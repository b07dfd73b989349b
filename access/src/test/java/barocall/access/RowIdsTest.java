package barocall.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowIdsTest {
  @Test
  void aRowKeepsItsOwnIdWithOddCharactersEncoded() {
    assertThat(RowIds.inquiryId("losangeles", "1-877654321")).isEqualTo("losangeles-h-1-877654321");
    assertThat(RowIds.inquiryId("losangeles", "a b/가%"))
        .isEqualTo("losangeles-h-a%20b%2F%EA%B0%80%25");
  }

  @Test
  void aRowIdLikeAnIdentityNumberIsHashed() {
    assertThat(RowIds.inquiryId("gyeongju", "900101-1234567"))
        .matches("gyeongju-h-x[0-9a-f]{32}")
        .isNotEqualTo(RowIds.inquiryId("gyeongju", "900101-1234568"));
  }
}

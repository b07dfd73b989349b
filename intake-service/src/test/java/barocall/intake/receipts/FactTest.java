package barocall.intake.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FactTest {
  private final Facts facts = Facts.story();

  @Test
  void whyRoutingDecidedIsKeptWithoutItsSentence() {
    assertThat(Fact.written(facts.escalated(1, "roads", "도로과")))
        .contains("roads")
        .doesNotContain("왜", "제목", "내용");
    assertThat(Fact.written(facts.atDesk(1))).contains("\"rule\"").doesNotContain("왜");
    assertThat(Fact.written(facts.reopened(1))).doesNotContain("아직입니다");
  }
}

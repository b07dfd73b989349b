package barocall.routing.triage;

import static barocall.routing.Calls.GYEONGJU;
import static barocall.routing.Calls.NOON;
import static barocall.routing.Calls.ringing;
import static barocall.routing.Calls.written;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Priority;
import barocall.contract.WhyKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriageTest {
  private final Triage triage = new Triage(GYEONGJU);

  @ParameterizedTest
  @CsvSource({
    "road-damage, 집 앞 도로가 패여 차가 다닐 수 없습니다, roads, NORMAL, pothole",
    "illegal-parking, 소화전 앞에 차가 서 있습니다, traffic, HIGH, illegal-parking",
    ", 시장 앞 도로에 싱크홀이 생겼어요, roads, URGENT, sinkhole",
    ", 골목에 쓰레기를 몰래 버리고 갑니다, recycling, NORMAL, dumping",
    ", 아침부터 단수인데 언제 나오나요, water, URGENT, burst-pipe",
  })
  void aRuleEscalates(
      String category, String text, String department, Priority priority, String rule) {
    ComplaintEscalated escalated =
        (ComplaintEscalated) triage.decide(written("a", category, text), NOON);

    assertThat(escalated.department()).isEqualTo(department);
    assertThat(escalated.priority()).isEqualTo(priority);
    assertThat(escalated.why().kind()).isEqualTo(WhyKind.RULE);
    assertThat(escalated.why().rule()).isEqualTo(rule);
    assertThat(escalated.why().sentence()).isNotBlank();
    assertThat(escalated.step()).isEqualTo(1);
    assertThat(escalated.transfers()).isZero();
    assertThat(escalated.at()).isEqualTo(NOON);
  }

  @Test
  void aGrievanceOfSevenDaysIsDueByTheLegalClock() {
    ComplaintEscalated escalated =
        (ComplaintEscalated) triage.decide(written("a", "road-damage", "패였습니다"), NOON);

    assertThat(escalated.petitionKind()).isEqualTo("grievance");
    assertThat(escalated.dueAt()).isEqualTo(Instant.parse("2026-12-01T14:59:59Z"));
    assertThat(escalated.dueClause()).contains("제17조");
  }

  /** Received on Monday at noon and read on Friday: the days between are the city's own. */
  @Test
  void periodsRunFromTheReceiptAndNotFromTheDecision() {
    Instant friday = NOON.plus(Duration.ofDays(4));
    ComplaintEscalated escalated =
        (ComplaintEscalated) triage.decide(written("a", "road-damage", "패였습니다"), friday);

    assertThat(escalated.at()).isEqualTo(friday);
    assertThat(escalated.dueAt()).isEqualTo(Instant.parse("2026-12-01T14:59:59Z"));
  }

  @Test
  void aStandingAnswerIsGivenAtOnceInWriting() {
    InquiryResolved resolved =
        (InquiryResolved) triage.decide(written("a", "passport", "여권 만들 때 준비물이 무엇인가요?"), NOON);

    assertThat(resolved.rule()).isEqualTo("passport-papers");
    assertThat(resolved.who()).isNull();
    assertThat(resolved.atFirstContact()).isTrue();
    assertThat(resolved.answer()).contains("신분증");
  }

  @Test
  void nobodyOnTheTelephoneIsAnsweredByARule() {
    assertThat(triage.decide(ringing("a", "무인민원발급기 어디 있어요"), NOON))
        .isInstanceOf(InquiryAssigned.class);
  }

  @ParameterizedTest
  @CsvSource({
    "불이 났어요 여권 준비물, 119",
    "할머니가 쓰러지셨어요, 119",
    "옆집에서 칼을 들고 있어요, 112",
    "이제 정말 죽고 싶습니다, 109",
  })
  void wordsOfDangerToLifeAreSeenFirst(String text, String number) {
    for (Channel channel : Channel.values()) {
      InquiryAssigned assigned =
          (InquiryAssigned) triage.decide(written("a", channel, "road-damage", text), NOON);
      assertThat(assigned.urgent()).isTrue();
      assertThat(assigned.emergencyNumbers()).contains(number);
      assertThat(assigned.why().kind()).isEqualTo(WhyKind.EMERGENCY);
      assertThat(assigned.why().sentence()).contains(number);
    }
  }

  @Test
  void harmlessPhrasesAreNoEmergency() {
    assertThat(triage.decide(written("a", null, "화재보험 문의드립니다"), NOON))
        .isInstanceOfSatisfying(InquiryAssigned.class, it -> assertThat(it.urgent()).isFalse());
  }

  @Test
  void withoutARuleTheDeskIsToldWhoMayBeInCharge() {
    InquiryAssigned assigned =
        (InquiryAssigned) triage.decide(written("a", null, "경로당 앞 공원 벤치가 부서졌어요"), NOON);

    assertThat(assigned.why().kind()).isEqualTo(WhyKind.NO_RULE);
    assertThat(assigned.suggestedDepartments()).contains("parks");
  }

  @Test
  void theCategoryGoesBeforeWords() {
    Suggestions suggestions = triage.suggestions(Channel.WEB, "noise", "공원 벤치", true);

    assertThat(suggestions.wellFounded()).containsExactly("environment");
    assertThat(suggestions.guessed()).contains("parks").doesNotContain("environment");
    assertThat(suggestions.first()).startsWith("environment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../shared/data/seoul-proposals/free_proposals.csv",
        "../../shared/data/seoul-120-faq/faq.csv"
      })
  void everyRealTextGetsADecisionWithAReason(String file) throws IOException {
    Path path = Path.of(file);
    Assumptions.assumeTrue(Files.exists(path), () -> file + " is not there");
    List<String> lines =
        new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines().toList();
    Map<String, Integer> kinds = new TreeMap<>();
    for (String line : lines) {
      Event.Decision decision =
          triage.decide(
              written("a", Channel.WEB, null, line.substring(0, Math.min(20_000, line.length()))),
              NOON);
      kinds.merge(decision.topic().wireName(), 1, Integer::sum);
      if (decision instanceof InquiryAssigned assigned) {
        assertThat(assigned.why().sentence()).isNotBlank();
      }
    }
    assertThat(lines).hasSizeGreaterThan(1_000);
    assertThat(kinds).containsKeys("inquiry-assigned", "complaint-escalated");
  }
}

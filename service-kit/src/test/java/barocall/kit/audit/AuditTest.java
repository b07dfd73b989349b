package barocall.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import barocall.contract.AccessChain;
import barocall.contract.AccessKind;
import barocall.contract.Accessed;
import barocall.contract.Event.AccessRecorded;
import barocall.kit.security.Visitor;
import barocall.kit.web.ProblemException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

class AuditTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-24T03:00:00Z"), ZoneOffset.UTC);
  private static final Visitor AGENT =
      new Visitor(Visitor.Kind.AGENT, "gyeongju-agent-1", "김하나", "gyeongju", null, "agent-1", null);
  private static final Visitor EXCHANGE =
      new Visitor(
          Visitor.Kind.CHANNEL,
          "gyeongju",
          "gyeongju",
          "gyeongju",
          null,
          null,
          Set.of("telephone"));

  private final List<AccessRecorded> topic = new CopyOnWriteArrayList<>();
  private volatile boolean brokerAway;
  private final AccessLog log =
      new AccessLog(
          () -> new AccessChain("routing-service", 0, "run", null, text -> "seal"),
          record -> {
            if (brokerAway) {
              throw new IllegalStateException("away");
            }
            topic.add((AccessRecorded) record);
          },
          NOON);
  private final Audit audit = new Audit(log);

  @AfterEach
  void end() {
    brokerAway = false;
    log.close();
  }

  @Test
  void itSaysWhoSawWhatAndWhence() {
    audit
        .saw(from(AGENT), AccessKind.CASE, "gyeongju", "roads", List.of("c-1", "c-2"), true)
        .block();
    assertThat(topic)
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.user()).isEqualTo("gyeongju-agent-1");
              assertThat(seen.role()).isEqualTo("agent");
              assertThat(seen.address()).isEqualTo("10.0.0.7");
              assertThat(seen.department()).isEqualTo("roads");
              assertThat(seen.inquiryIds()).containsExactly("c-1", "c-2");
              assertThat(seen.contact()).isTrue();
            });
  }

  @Test
  void programsAndCitizensAreNotRecordedAndAnEmptyListShowsNobody() {
    audit.saw(from(EXCHANGE), AccessKind.RECEIPT, "gyeongju", null, List.of("c-1"), false).block();
    audit.saw(from(null), AccessKind.RECEIPT, "gyeongju", null, List.of("c-1"), false).block();
    audit.did(from(null), AccessKind.RATE, "gyeongju", null, List.of("c-1")).block();
    audit.sawList(from(AGENT), "gyeongju", null, List.of()).block();
    assertThat(topic).isEmpty();
  }

  @Test
  void longListIsSeveralRecordsThatNameAll() {
    List<String> ids = IntStream.range(0, 2_001).mapToObj(i -> "c-" + i).toList();
    audit.sawList(from(AGENT), "gyeongju", null, ids).block();
    assertThat(topic).hasSize(3).allMatch(it -> it.inquiryIds().size() <= Accessed.MOST);
    assertThat(topic.stream().flatMap(it -> it.inquiryIds().stream()).toList()).isEqualTo(ids);
  }

  @Test
  void whileTheBrokerIsAwayItIsShownAndRecordedLater() {
    brokerAway = true;
    audit.sawList(from(AGENT), "gyeongju", null, List.of("c-1")).block();
    audit.saw(from(AGENT), AccessKind.CASE, "gyeongju", null, List.of("c-2"), true).block();
    audit.did(from(AGENT), AccessKind.RESOLVE, "gyeongju", null, List.of("c-2")).block();
    assertThat(topic).isEmpty();
    brokerAway = false;
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(topic)
                    .extracting(AccessRecorded::what)
                    .contains(AccessKind.LIST, AccessKind.CASE, AccessKind.RESOLVE));
  }

  @Test
  void whenTooMuchWaitsToBeRecordedNothingMoreIsShown() {
    brokerAway = true;
    List<String> ids = IntStream.range(0, 3_000_000).mapToObj(Integer::toString).toList();
    audit.sawList(from(AGENT), "gyeongju", null, ids).block();
    assertThatThrownBy(() -> audit.sawList(from(AGENT), "gyeongju", null, ids).block())
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.status().value()).isEqualTo(503);
              assertThat(problem.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
            });
  }

  private static MockServerWebExchange from(Visitor visitor) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress("10.0.0.7", 4711)));
    if (visitor != null) {
      exchange.getAttributes().put(Visitor.class.getName(), visitor);
    }
    return exchange;
  }
}

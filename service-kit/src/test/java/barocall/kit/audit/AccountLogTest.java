package barocall.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import barocall.contract.AccessChain;
import barocall.contract.AccountKind;
import barocall.contract.Event.AccountRecorded;
import barocall.kit.security.Visitor;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** Who comes in and who is refused is recorded, and nobody can fill the record. */
class AccountLogTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");
  private static final Visitor AGENT =
      new Visitor(Visitor.Kind.AGENT, "gyeongju-agent-1", "김하나", "gyeongju", null, "agent-1", null);

  private final List<AccountRecorded> topic = new CopyOnWriteArrayList<>();
  private volatile boolean brokerAway;
  private final AccountLog log =
      new AccountLog(
          new AccessLog(
              () -> new AccessChain("routing-service", 0, "run", null, text -> "seal"),
              record -> {
                if (brokerAway) {
                  throw new IllegalStateException("away");
                }
                topic.add((AccountRecorded) record);
              },
              Clock.fixed(NOON, ZoneOffset.UTC)),
          Clock.fixed(NOON, ZoneOffset.UTC));

  @AfterEach
  void end() {
    brokerAway = false;
    log.close();
  }

  @Test
  void whoComesInAndLeavesIsRecorded() {
    log.cameIn(exchange(), AGENT).block();
    log.left(exchange(), AGENT).block();
    assertThat(topic)
        .extracting(AccountRecorded::what)
        .containsExactly(AccountKind.LOG_IN, AccountKind.LOG_OUT);
    assertThat(topic)
        .allSatisfy(
            it -> {
              assertThat(it.user()).isEqualTo("gyeongju-agent-1");
              assertThat(it.role()).isEqualTo("agent");
              assertThat(it.city()).isEqualTo("gyeongju");
              assertThat(it.address()).isEqualTo("10.0.0.7");
            });
  }

  @Test
  void refusedNameThatNobodyHasIsNotRecorded() {
    log.refused(exchange(), null);
    log.refused(exchange(), AGENT);
    await().untilAsserted(() -> assertThat(topic).hasSize(2));
    assertThat(topic)
        .extracting(AccountRecorded::user)
        .containsExactly("unknown", "gyeongju-agent-1");
    assertThat(topic).extracting(AccountRecorded::what).containsOnly(AccountKind.LOG_IN_REFUSED);
  }

  @Test
  void whatAnAdministratorChangesIsRecordedWithWhoItWasAndWhence() {
    MockServerWebExchange exchange = exchange();
    exchange
        .getAttributes()
        .put(
            Visitor.class.getName(),
            new Visitor(Visitor.Kind.ADMIN, "gyeongju-admin", "센터장", "gyeongju", null, null, null));
    log.changed(exchange, List.of(AccountKind.ADD_PERSON), "gyeongju", "hana", "admin").block();
    assertThat(topic)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.user()).isEqualTo("gyeongju-admin");
              assertThat(it.role()).isEqualTo("admin");
              assertThat(it.address()).isEqualTo("10.0.0.7");
              assertThat(it.what()).isEqualTo(AccountKind.ADD_PERSON);
              assertThat(it.account()).isEqualTo("hana");
              assertThat(it.note()).isEqualTo("admin");
            });
  }

  @Test
  void strangerWhoTriesThousandsFillsNoTopic() {
    for (int i = 0; i < 5_000; i++) {
      log.refused(exchange(), null);
    }
    log.tellTheRest();
    log.tellTheRest();
    await().untilAsserted(() -> assertThat(topic).hasSize(RefusedLogins.ONE_BY_ONE + 1));
    assertThat(topic.get(RefusedLogins.ONE_BY_ONE).count())
        .isEqualTo(5_000 - RefusedLogins.ONE_BY_ONE);
  }

  @Test
  void whatWasCountedIsToldBeforeTheEnd() {
    for (int i = 0; i < RefusedLogins.ONE_BY_ONE + 3; i++) {
      log.refused(exchange(), null);
    }
    log.close();
    assertThat(topic).last().extracting(AccountRecorded::count).isEqualTo(3);
  }

  @Test
  void whileTheBrokerIsAwayPeopleComeInAndItIsRecordedLater() {
    brokerAway = true;
    log.cameIn(exchange(), AGENT).block();
    assertThat(topic).isEmpty();
    brokerAway = false;
    await().untilAsserted(() -> assertThat(topic).hasSize(1));
  }

  @Test
  void anotherMinuteBeginsAnew() {
    RefusedLogins refused = new RefusedLogins();
    for (int i = 0; i < RefusedLogins.ONE_BY_ONE; i++) {
      assertThat(refused.isTold(NOON)).isTrue();
    }
    assertThat(refused.isTold(NOON.plusSeconds(59))).isFalse();
    assertThat(refused.isTold(NOON.plusSeconds(60))).isTrue();
    assertThat(refused.untold()).isEqualTo(1);
    assertThat(refused.untold()).isZero();
    // A clock that was set back must not leave it counting for hours.
    assertThat(refused.isTold(NOON.minusSeconds(3_600))).isTrue();
  }

  private static MockServerWebExchange exchange() {
    return MockServerWebExchange.from(
        MockServerHttpRequest.post("/login")
            .remoteAddress(new InetSocketAddress("10.0.0.7", 4711)));
  }
}

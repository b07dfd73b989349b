package barocall.kit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import barocall.contract.AccessChain;
import barocall.contract.AccessCheck;
import barocall.contract.AccessKind;
import barocall.contract.Accessed;
import barocall.contract.Event.AccessRecorded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What is shown is recorded first, or when the broker is back; no gap is left. */
class AccessLogTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration A_MOMENT = Duration.ofMillis(300);
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");

  private volatile Instant now = NOON;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final List<AccessRecorded> topic = new CopyOnWriteArrayList<>();
  private volatile boolean brokerAway;
  private volatile boolean acknowledgementLost;

  private final AccessLog log =
      new AccessLog(
          () -> {
            refuseWhileAway();
            return new AccessChain("routing-service", 0, "run", null, AccessLogTest::seal);
          },
          record -> {
            refuseWhileAway();
            topic.add((AccessRecorded) record);
            if (acknowledgementLost) {
              acknowledgementLost = false;
              throw new IllegalStateException("not acknowledged");
            }
          },
          clock);

  @AfterEach
  void end() {
    brokerAway = false;
    log.close();
  }

  private void refuseWhileAway() {
    if (brokerAway) {
      throw new IllegalStateException("away");
    }
  }

  @Test
  void itIsInTheTopicBeforeTheAnswer() {
    log.kept(List.of(by("one")), SOON).block();
    assertThat(topic).extracting(AccessRecorded::user).containsExactly("one");
    assertThat(topic.get(0).at()).isEqualTo(NOON);
  }

  @Test
  void manyAtOnceAreOneChain() {
    Flux.range(0, 200).flatMap(i -> log.kept(List.of(by("user-" + i)), SOON), 64).blockLast();
    assertThat(topic)
        .extracting(AccessRecorded::number)
        .isEqualTo(IntStream.rangeClosed(1, 200).boxed().toList());
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatIsAskedForWhileTheChainBeginsWaitsALittleLonger() {
    CountDownLatch found = new CountDownLatch(1);
    try (AccessLog slow =
        new AccessLog(
            () -> {
              awaitQuietly(found);
              return new AccessChain("routing-service", 0, "run", null, AccessLogTest::seal);
            },
            record -> topic.add((AccessRecorded) record),
            clock)) {
      slow.start();
      var waiting = slow.kept(List.of(by("early")), A_MOMENT).toFuture();
      await().pollDelay(A_MOMENT.plus(A_MOMENT)).until(() -> !waiting.isDone());
      found.countDown();
      await().atMost(SOON).until(waiting::isDone);
      assertThat(topic).hasSize(1);
    }
  }

  @Test
  void whileTheBrokerIsAwayNothingIsRefusedAndAllIsRecordedOnceAndAtItsTime() {
    log.kept(List.of(by("before")), SOON).block();
    brokerAway = true;
    log.kept(List.of(by("first")), A_MOMENT).block();
    log.kept(List.of(by("second")), A_MOMENT).block();
    assertThat(topic).hasSize(1);
    Instant then = now;
    now = now.plusSeconds(3_600);
    brokerAway = false;
    await().atMost(SOON).untilAsserted(() -> assertThat(topic).hasSize(3));
    log.kept(List.of(by("after")), SOON).block();
    assertThat(topic)
        .extracting(AccessRecorded::user)
        .containsExactly("before", "first", "second", "after");
    assertThat(topic)
        .extracting(AccessRecorded::at)
        .containsExactly(then, then, then, then.plusSeconds(3_600));
    assertThat(findings()).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody let it go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void whatWasDoneIsRecordedWhenTheBrokerIsBack() {
    brokerAway = true;
    log.keptLater(List.of(by("doer")), A_MOMENT).block();
    assertThat(topic).isEmpty();
    brokerAway = false;
    await().atMost(SOON).untilAsserted(() -> assertThat(topic).hasSize(1));
    assertThat(findings()).isEmpty();
  }

  @Test
  void whatWasWrittenWithoutAnAcknowledgementIsWrittenAgainAsItWas() {
    acknowledgementLost = true;
    log.kept(List.of(by("one")), SOON).block();
    log.kept(List.of(by("two")), SOON).block();
    assertThat(topic).hasSize(3);
    assertThat(topic.get(1)).isEqualTo(topic.get(0));
    assertThat(findings()).isEmpty();
  }

  @Test
  void moreThanCanWaitIsRefusedAtOnce() {
    brokerAway = true;
    List<Accessed> many = IntStream.range(0, 6_000).mapToObj(i -> by("user-" + i)).toList();
    assertThatThrownBy(() -> log.kept(many, SOON).block()).hasMessageContaining("too many");
  }

  @Test
  void whatWaitsIsWrittenBeforeTheEnd() {
    brokerAway = true;
    log.keptLater(List.of(by("doer")), A_MOMENT).block();
    brokerAway = false;
    log.close();
    assertThat(topic).hasSize(1);
  }

  private List<String> findings() {
    AccessCheck check = new AccessCheck(AccessLogTest::seal);
    topic.forEach(check::add);
    return check.findings(List.of());
  }

  private static String seal(String text) {
    return Integer.toHexString(text.hashCode());
  }

  private static Accessed by(String user) {
    return new Accessed(
        user, "agent", "10.0.0.7", AccessKind.CASE, "gyeongju", null, List.of("c-1"), true);
  }
}

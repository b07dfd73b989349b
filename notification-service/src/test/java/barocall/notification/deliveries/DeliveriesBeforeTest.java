package barocall.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.Inquiry;
import barocall.contract.Telling;
import barocall.contract.Way;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Delivery.State;
import barocall.testkit.Backends;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is taken over from a store that may be older than the topics. */
class DeliveriesBeforeTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Inquiry INQUIRY =
      new Inquiry("gyeongju-c-1", "260302000001", "gyeongju", Channel.WEB, "road-damage", NOW);

  private final MongoClient client = MongoClients.create(Backends.mongoUri());
  private final MongoDatabase old = client.getDatabase(Backends.unique("before"));
  private final MongoDatabase anew = client.getDatabase(Backends.unique("anew"));
  private final MongoDeliveries there = new MongoDeliveries(old);
  private final MongoDeliveries here = new MongoDeliveries(anew);
  private final DeliveriesBefore deliveries = new DeliveriesBefore(anew);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void whatWaitsThereIsTakenOverWhereTheTopicsKnowNoEnd() {
    deliveries.calledFor(told(1, Telling.TOLD), List.of(pending(1))).block();
    waitsThere(pending(1));

    deliveries.takeOver(old).block();

    assertThat(here.find(pending(1).id()).block()).isEqualTo(pending(1));
    assertThat(here.waiting().count().block()).isEqualTo(1);
  }

  @Test
  void whatAnOlderCopyHasWaitingIsLeftWhereTheTopicsTellItsEnd() {
    deliveries.ended(told(1, Telling.TOLD)).block();
    waitsThere(pending(1));

    deliveries.takeOver(old).block();

    assertThat(here.find(pending(1).id()).block().state()).isEqualTo(State.TOLD);
    assertThat(here.waiting().count().block()).isZero();
  }

  @Test
  void whatWasSentAgainAfterTheEndThatTheTopicsTellIsTakenOver() {
    deliveries.ended(told(1, Telling.GIVEN_UP)).block();
    waitsThere(pending(2));

    deliveries.takeOver(old).block();

    assertThat(here.find(pending(1).id()).block().sending()).isEqualTo(2);
    assertThat(here.waiting().count().block()).isEqualTo(1);
    assertThat(here.givenUp(null).count().block()).isZero();
  }

  @Test
  void whatAnOlderCopyListsAsGivenUpIsNotListedWhereALaterSendingIsKnown() {
    deliveries.ended(told(1, Telling.GIVEN_UP)).block();
    deliveries.ended(told(2, Telling.TOLD)).block();
    Delivery givenUp = pending(1).failed("away", Backoff.ONCE, 0, NOW);
    there.put(givenUp).then(there.list(givenUp)).block();

    deliveries.takeOver(old).block();

    assertThat(here.find(givenUp.id()).block().state()).isEqualTo(State.TOLD);
    assertThat(here.givenUp(null).count().block()).isZero();
  }

  private void waitsThere(Delivery delivery) {
    there.put(delivery).then(there.due(delivery.id(), "roads", NOW)).block();
  }

  private static Delivery pending(int sending) {
    Delivery first =
        Delivery.of(
            "complaint-escalated/gyeongju-c-1/1",
            "gyeongju",
            INQUIRY.inquiryId(),
            INQUIRY.receiptNumber(),
            1,
            "escalated",
            Means.EMAIL,
            "roads",
            NOW);
    return sending == 1 ? first : first.again(NOW.plus(Duration.ofHours(1)));
  }

  private static DepartmentTold told(int sending, Telling outcome) {
    @Nullable String reason = outcome == Telling.TOLD ? null : "away";
    return new DepartmentTold(INQUIRY, NOW, 1, Way.EMAIL, sending, outcome, "roads", 1, reason);
  }
}

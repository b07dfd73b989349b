package barocall.notification.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.notification.deliveries.MongoDeliveries.Due;
import barocall.testkit.Backends;
import barocall.testkit.OnEveryStore;
import barocall.testkit.Store;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryStore
class MongoDeliveriesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");

  private final MongoClient client;
  private final MongoDeliveries store;

  MongoDeliveriesTest(Store on) {
    client = MongoClients.create(on.uri());
    store = new MongoDeliveries(client.getDatabase(Backends.unique("notification")));
  }

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  void aRedeliveredFactDoesNotTakeADeliveryFromTheWorkerThatHoldsIt() {
    Delivery delivery = delivery();
    store.keep(delivery, "mail").block();
    Instant lease = NOON.plusSeconds(60);
    store.claim(new Due(delivery.id(), "mail", NOON), lease).block();

    store.keep(delivery(), "mail").block();

    assertThat(store.waiting().collectList().block())
        .containsExactly(new Due(delivery.id(), "mail", lease));
  }

  @Test
  void aDeliveryWhosePlaceWasLostIsLookedAfterAgain() {
    store.keep(delivery(), "mail").block();
    store.done(new Due(delivery().id(), "mail", NOON)).block();

    store.keep(delivery(), "mail").block();

    assertThat(store.waiting().collectList().block())
        .containsExactly(new Due(delivery().id(), "mail", NOON));
  }

  /** A worker was stopped before its last step; meanwhile a person has it sent again. */
  @Test
  void whatIsToBeSentAgainIsNotTakenAwayByWhoHeldItBefore() {
    store.keep(delivery(), "mail").block();
    Due held = store.claim(new Due(delivery().id(), "mail", NOON), NOON.plusSeconds(120)).block();
    Instant again = NOON.plusSeconds(60);
    store.due(delivery().id(), "mail", again).block();

    store.done(held).block();

    assertThat(store.waiting().collectList().block())
        .containsExactly(new Due(delivery().id(), "mail", again));
    store.done(new Due(delivery().id(), "mail", again)).block();
    assertThat(store.waiting().collectList().block()).isEmpty();
  }

  @Test
  void whatWasGivenUpIsFoundByItsCity() {
    store.list(delivery()).block();

    assertThat(store.givenUpIds("gyeongju").block()).containsExactly(delivery().id());
    assertThat(store.givenUpIds("gyeong").block()).isEmpty();
    assertThat(store.givenUpIds("cheonan").block()).isEmpty();
  }

  static Delivery delivery() {
    return Delivery.of(
        "call-received/gyeongju-c-1/0",
        "gyeongju",
        "gyeongju-c-1",
        "261104829137",
        0,
        "received",
        Delivery.Means.EMAIL,
        null,
        NOON);
  }
}

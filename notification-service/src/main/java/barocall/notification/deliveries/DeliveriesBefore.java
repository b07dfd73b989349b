package barocall.notification.deliveries;

import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Telling;
import barocall.contract.Topic;
import barocall.contract.Way;
import barocall.notification.deliveries.Delivery.Means;
import barocall.notification.deliveries.Delivery.State;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Deliveries as they must have been, for a rebuild: what a fact called for counts as told, unless
 * the topics say that telling was given up. Nothing is sent, and nothing is left to be sent.
 */
public final class DeliveriesBefore {
  private static final String ESCALATED = "escalated";

  private final MongoDeliveries store;

  public DeliveriesBefore(MongoDatabase database) {
    this.store = new MongoDeliveries(database);
  }

  /** That fact called for these; unless more is known of one, it was told. */
  public Mono<Void> calledFor(InquiryEvent fact, List<Delivery> deliveries) {
    return Flux.fromIterable(deliveries)
        .map(delivery -> delivery.settledBefore(State.TOLD, 1, 1, null, fact.at()))
        .concatMap(store::keepSettled)
        .then();
  }

  /** How the last sending to a department ended. */
  public Mono<Void> ended(DepartmentTold told) {
    if (told.way() == Way.INBOX) {
      return Mono.empty();
    }
    boolean givenUp = told.outcome() == Telling.GIVEN_UP;
    Delivery ended =
        Delivery.of(
                Topic.COMPLAINT_ESCALATED.wireName() + "/" + told.about() + "/" + told.step(),
                told.cityId(),
                told.about(),
                told.inquiry().receiptNumber(),
                told.step(),
                ESCALATED,
                told.way() == Way.WEBHOOK ? Means.WEBHOOK : Means.EMAIL,
                told.department(),
                told.at())
            .settledBefore(
                givenUp ? State.GIVEN_UP : State.TOLD,
                told.attempts(),
                told.sending(),
                told.reason(),
                told.at());
    return store
        .find(ended.id())
        .filter(known -> known.sending() > ended.sending())
        .hasElement()
        .flatMap(
            isEarlier ->
                isEarlier
                    ? Mono.empty()
                    : store
                        .putTold(ended)
                        .then(givenUp ? store.list(ended) : store.unlist(ended.id())));
  }

  /**
   * What waits in another store to be sent, or was given up there, waits and is listed in this one
   * too, unless the topics tell how that sending ended: the other store may be an older copy.
   */
  public Mono<Void> takeOver(MongoDatabase from) {
    MongoDeliveries there = new MongoDeliveries(from);
    Mono<Void> givenUp =
        there
            .givenUp(null)
            .concatMap(
                listed ->
                    there
                        .find(listed.id())
                        .filterWhen(this::isOpen)
                        .flatMap(delivery -> store.put(delivery).then(store.list(listed))))
            .then();
    Mono<Void> waiting =
        there
            .waiting()
            .concatMap(
                due ->
                    there
                        .find(due.id())
                        .filterWhen(this::isOpen)
                        .flatMap(
                            delivery ->
                                store
                                    .put(delivery)
                                    .then(
                                        delivery.state() == State.GIVEN_UP
                                            ? store.list(delivery)
                                            : store.unlist(delivery.id()))
                                    .then(store.due(due.id(), due.destination(), due.at()))))
            .then();
    return givenUp.then(waiting);
  }

  private Mono<Boolean> isOpen(Delivery delivery) {
    return store.isEndInTopic(delivery).map(known -> !known);
  }
}

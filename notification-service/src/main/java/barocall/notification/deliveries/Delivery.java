package barocall.notification.deliveries;

import barocall.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message to one recipient by one way. It says what to tell and whom, not the words: those are
 * written from the case file when it is sent, so that no contact is kept here.
 *
 * @param id stays the same for all tries and sendings: city~inquiryId~step~occasion~means
 * @param eventId the event that it tells of
 * @param occasion what it tells: {@code escalated}, {@code reminder-1}, {@code chaser-2}, {@code
 *     received}, {@code resolved}
 * @param department the department that is told, or null when the citizen is
 * @param attempts tries of the present sending
 * @param sending 1, and one more each time that a person sends it again
 * @param nextAt when it is tried next, while it is pending
 * @param lastError the kind of the last failure, without any address
 * @param settledAt when it was told or given up
 * @param announced whether the others know how it ended
 * @param trace the {@code traceparent} of what caused it, so that all tries belong to that trace
 */
public record Delivery(
    String id,
    String eventId,
    String city,
    String inquiryId,
    @Nullable String receiptNumber,
    int step,
    String occasion,
    Means means,
    @Nullable String department,
    State state,
    int attempts,
    int sending,
    Instant createdAt,
    @Nullable Instant nextAt,
    @Nullable String lastError,
    @Nullable Instant settledAt,
    boolean announced,
    @Nullable String trace) {

  /** By which means. */
  public enum Means implements WireName {
    EMAIL,
    WEBHOOK,
    TEXT
  }

  /** How far it is. */
  public enum State implements WireName {
    PENDING,
    TOLD,
    GIVEN_UP
  }

  /** A message that is to be sent now. */
  public static Delivery of(
      String eventId,
      String city,
      String inquiryId,
      @Nullable String receiptNumber,
      int step,
      String occasion,
      Means means,
      @Nullable String department,
      Instant now) {
    return new Delivery(
        String.join("~", city, inquiryId, Integer.toString(step), occasion, means.wireName()),
        eventId,
        city,
        inquiryId,
        receiptNumber,
        step,
        occasion,
        means,
        department,
        State.PENDING,
        0,
        1,
        now,
        now,
        null,
        null,
        false,
        null);
  }

  /** The same, caused by that trace. */
  Delivery causedBy(@Nullable String traceparent) {
    return with(state, attempts, sending, nextAt, lastError, settledAt, announced, traceparent);
  }

  /** As one that was settled before. */
  Delivery settledBefore(State end, int tries, int ofSending, @Nullable String kind, Instant then) {
    return with(end, tries, ofSending, null, kind, then, true, trace);
  }

  /** It arrived. */
  Delivery told(Instant now) {
    return with(State.TOLD, attempts + 1, sending, null, lastError, now, false, trace);
  }

  /** A try failed: the next one comes later, or it is given up. */
  Delivery failed(String kind, Backoff backoff, double random, Instant now) {
    int tries = attempts + 1;
    if (backoff.isLast(tries)) {
      return with(State.GIVEN_UP, tries, sending, null, kind, now, false, trace);
    }
    Instant next = now.plus(backoff.after(tries, random));
    return with(State.PENDING, tries, sending, next, kind, null, false, trace);
  }

  /** A person sends it again, though it had been given up. */
  Delivery again(Instant now) {
    return with(State.PENDING, 0, sending + 1, now, lastError, null, false, trace);
  }

  /** The others know how it ended. */
  Delivery announcedNow() {
    return with(state, attempts, sending, nextAt, lastError, settledAt, true, trace);
  }

  /** The same message, further on. */
  private Delivery with(
      State state,
      int attempts,
      int sending,
      @Nullable Instant nextAt,
      @Nullable String lastError,
      @Nullable Instant settledAt,
      boolean announced,
      @Nullable String trace) {
    return new Delivery(
        id,
        eventId,
        city,
        inquiryId,
        receiptNumber,
        step,
        occasion,
        means,
        department,
        state,
        attempts,
        sending,
        createdAt,
        nextAt,
        lastError,
        settledAt,
        announced,
        trace);
  }
}

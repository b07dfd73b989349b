package barocall.routing;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.By;
import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Direction;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.How;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The words of the tests: inquiries and what happens to them. */
public final class Calls {
  /** A Monday, noon in Korea. */
  public static final Instant NOON = Instant.parse("2026-11-23T03:00:00Z");

  public static final Cities CITIES = Cities.load(Path.of("../cities"));
  public static final City GYEONGJU = CITIES.city("gyeongju").orElseThrow();

  private Calls() {}

  public static Event.Inquiry inquiry(String id, Channel channel, @Nullable String category) {
    return new Event.Inquiry(id, "261104829137", "gyeongju", channel, category, NOON);
  }

  public static Event.CallReceived written(String id, @Nullable String category, String text) {
    return written(id, Channel.WEB, category, text);
  }

  public static Event.CallReceived written(
      String id, Channel channel, @Nullable String category, String text) {
    return new Event.CallReceived(
        inquiry(id, channel, category),
        NOON,
        0,
        Door.INQUIRIES,
        null,
        null,
        null,
        false,
        null,
        text,
        null,
        new Event.Contact(null, "sealed", null, "hash"),
        null);
  }

  public static Event.CallReceived ringing(String id, @Nullable String text) {
    return new Event.CallReceived(
        inquiry(id, Channel.TELEPHONE, null),
        NOON,
        0,
        Door.CALLS,
        Direction.IN,
        "054-779-8585",
        null,
        false,
        null,
        text,
        null,
        null,
        null);
  }

  /** The same from that telephone at that time. */
  public static Event.CallReceived from(Event.CallReceived call, String telephone, Instant at) {
    Event.Inquiry known = call.inquiry();
    return new Event.CallReceived(
        new Event.Inquiry(
            known.inquiryId(),
            known.receiptNumber(),
            known.city(),
            known.channel(),
            known.category(),
            at),
        at,
        0,
        call.door(),
        call.direction(),
        call.called(),
        call.agent(),
        false,
        null,
        call.text(),
        null,
        new Event.Contact(null, "sealed", null, telephone),
        null);
  }

  public static Event.CallAnswered answered(String id, String agent) {
    return new Event.CallAnswered(
        inquiry(id, Channel.TELEPHONE, null), NOON.plusSeconds(10), 0, agent, 10, null);
  }

  public static Event.CallEnded ended(
      String id, CallOutcome outcome, @Nullable String agent, @Nullable String connectedTo) {
    return new Event.CallEnded(
        inquiry(id, Channel.TELEPHONE, null),
        NOON.plusSeconds(120),
        0,
        outcome,
        agent,
        10,
        agent == null ? null : 100,
        null,
        null,
        connectedTo,
        null,
        null);
  }

  public static Event.ComplaintReturned returned(String id, int step, String department) {
    return new Event.ComplaintReturned(
        inquiry(id, Channel.WEB, null),
        NOON.plusSeconds(3600),
        step,
        department,
        "officer",
        "우리 부서 소관이 아닙니다");
  }

  public static Event.ComplaintRecalled recalled(String id, int step, String department) {
    return new Event.ComplaintRecalled(
        inquiry(id, Channel.WEB, null), NOON, step, department, "agent-1", "공원과 일입니다");
  }

  public static Event.InquiryResolved done(String id, int step, String department) {
    return new Event.InquiryResolved(
        inquiry(id, Channel.WEB, null),
        NOON.plusSeconds(7200),
        step,
        How.DONE,
        By.DEPARTMENT,
        "officer",
        null,
        department,
        department,
        false,
        "고쳤습니다");
  }

  public static Event.InquiryReopened reopened(String id, int step) {
    return new Event.InquiryReopened(
        inquiry(id, Channel.WEB, null), NOON.plusSeconds(90_000), step, "아직 그대로입니다");
  }
}

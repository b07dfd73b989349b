package barocall.routing.search;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.Why;
import barocall.contract.How;
import barocall.contract.WhyKind;
import barocall.routing.Calls;
import barocall.routing.cases.Case;
import barocall.routing.cases.Entry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Cases as a store has them. */
final class SomeCases {
  private SomeCases() {}

  static CallReceived received(String id, Instant at, String text, String address) {
    return new CallReceived(
        inquiry(id, at),
        at,
        0,
        Door.INQUIRIES,
        null,
        null,
        null,
        false,
        null,
        text,
        address == null ? null : new Event.Place(address, null, null),
        null,
        null);
  }

  static Case saying(String id, int minute, String text) {
    return of(received(id, minute(minute), text, null));
  }

  static Case waiting(String id, int minute, String text) {
    CallReceived received = received(id, minute(minute), text, null);
    Why why = new Why(WhyKind.NO_RULE, null, "x");
    return of(
        received,
        new InquiryAssigned(
            received.inquiry(), received.at(), 1, why, null, false, List.of(), List.of()));
  }

  static Case answered(String id, int minute, String text, String answer) {
    CallReceived received = received(id, minute(minute), text, null);
    return of(
        received,
        new InquiryResolved(
            received.inquiry(),
            received.at(),
            1,
            How.ANSWERED,
            By.AGENT,
            "agent-1",
            null,
            null,
            null,
            true,
            answer));
  }

  static Case of(InquiryEvent... events) {
    return new Case(
        events[0].about(),
        events[0].cityId(),
        events.length,
        Arrays.stream(events).map(it -> new Entry(it, it.at(), false, null, null)).toList());
  }

  static Instant minute(int minute) {
    return Calls.NOON.plusSeconds(60L * minute);
  }

  private static Inquiry inquiry(String id, Instant at) {
    return new Inquiry(id, "261104829137", "gyeongju", Channel.WEB, null, at);
  }
}

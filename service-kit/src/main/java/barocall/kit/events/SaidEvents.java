package barocall.kit.events;

import barocall.contract.By;
import barocall.contract.Event;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.Decision;
import barocall.contract.Event.DepartmentTold;
import barocall.contract.Event.HistoryRecorded;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.contract.Telling;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts what this process has said and the broker has acknowledged, for those who watch over the
 * machines. An event that is said again after a crash counts again here; the figures that count for
 * the city are those of analytics.
 */
final class SaidEvents {
  private final MeterRegistry registry;

  SaidEvents(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(Event event) {
    if (event instanceof CallReceived received) {
      count("barocall.inquiries.received", "Inquiries that came in", ofChannel(received));
    } else if (event instanceof InquiryResolved resolved) {
      if (resolved.how() == How.ABANDONED) {
        count("barocall.calls.abandoned", "Calls that nobody answered", ofCity(event));
      } else {
        count("barocall.inquiries.resolved", "Inquiries that were answered", ofChannel(resolved));
      }
    } else if (event instanceof ComplaintEscalated escalated) {
      count(
          "barocall.complaints.escalated",
          "Complaints that were handed to a department",
          ofCity(event).and("department", escalated.department()));
    } else if (event instanceof DepartmentTold told && told.outcome() == Telling.TOLD) {
      count(
          "barocall.departments.told",
          "Complaints that a department was told of, by each way",
          ofCity(event).and("department", told.department(), "way", told.way().wireName()));
    } else if (event instanceof InquiryReopened) {
      count("barocall.inquiries.reopened", "Inquiries that citizens asked again", ofCity(event));
    } else if (event instanceof HistoryRecorded) {
      count("barocall.history.recorded", "Past inquiries that were imported", ofCity(event));
    }
    if (event instanceof Decision decision && isFirst(decision)) {
      time(decision);
    }
  }

  private void count(String name, String description, Tags tags) {
    Counter.builder(name).description(description).tags(tags).register(registry).increment();
  }

  private static Tags ofCity(Event event) {
    return Tags.of("city", event.cityId());
  }

  private static Tags ofChannel(InquiryEvent event) {
    return ofCity(event).and("channel", event.inquiry().channel().wireName());
  }

  /** What a department answers bears the step of its escalation. */
  private static boolean isFirst(Decision decision) {
    return decision.step() == 1
        && !(decision instanceof InquiryResolved resolved && resolved.by() == By.DEPARTMENT);
  }

  private void time(Decision decision) {
    Instant received = decision.inquiry().receivedAt();
    if (received != null) {
      Duration took = Duration.between(received, decision.at());
      Timer.builder("barocall.time.to.decision")
          .description("From receipt to the first decision: answered, to a department, to the desk")
          .tags(ofCity(decision).and("decision", decision.topic().wireName()))
          .serviceLevelObjectives(
              Duration.ofMillis(100),
              Duration.ofMillis(500),
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              Duration.ofMinutes(5),
              Duration.ofHours(1))
          .register(registry)
          .record(took.isNegative() ? Duration.ZERO : took);
    }
  }
}

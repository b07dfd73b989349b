package barocall.local;

import barocall.contract.Event;
import barocall.contract.Event.Decision;
import barocall.contract.Event.Erasable;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written again so that nothing is left of what these inquiries say of a citizen.
 *
 * @param inquiries whose they are, by id
 * @param toWrite the events that still carry something
 */
record Erasure(List<About> inquiries, List<Found> toWrite) {
  Erasure {
    inquiries = List.copyOf(inquiries);
    toWrite = List.copyOf(toWrite);
  }

  /**
   * An event and the record that said it.
   *
   * @param event as it was first said: that is what counts
   * @param keys the records' keys under which it was last said with all that is in it, in the order
   *     in which they were first said
   */
  record Found(InquiryEvent event, ConsumerRecord<String, byte[]> record, List<String> keys) {
    Found {
      keys = List.copyOf(keys);
    }
  }

  /**
   * An inquiry, as far as whoever erases it needs to know it.
   *
   * @param open whether somebody still has to answer it
   */
  record About(String inquiryId, @Nullable String receiptNumber, boolean open) {}

  /** Of everything that the topics tell of those inquiries, each event once. */
  static Erasure of(List<Found> events) {
    Map<String, List<InquiryEvent>> byInquiry = new TreeMap<>();
    List<Found> toWrite = new ArrayList<>();
    for (Found found : events) {
      byInquiry.computeIfAbsent(found.event().about(), id -> new ArrayList<>()).add(found.event());
      if (found.event() instanceof Erasable && !found.keys().isEmpty()) {
        toWrite.add(found);
      }
    }
    List<About> inquiries = new ArrayList<>();
    byInquiry.forEach((id, told) -> inquiries.add(about(id, told)));
    return new Erasure(inquiries, toWrite);
  }

  private static About about(String id, List<InquiryEvent> told) {
    String number =
        told.stream()
            .map(event -> event.inquiry().receiptNumber())
            .filter(it -> it != null)
            .findFirst()
            .orElse(null);
    int last =
        told.stream()
            .filter(Decision.class::isInstance)
            .mapToInt(InquiryEvent::step)
            .max()
            .orElse(0);
    boolean past = told.stream().allMatch(Event.HistoryRecorded.class::isInstance);
    boolean resolved =
        told.stream().anyMatch(it -> it instanceof InquiryResolved && it.step() == last);
    boolean reopened =
        told.stream().anyMatch(it -> it instanceof InquiryReopened && it.step() == last);
    return new About(id, number, !past && (!resolved || reopened));
  }

  long open() {
    return inquiries.stream().filter(About::open).count();
  }
}

package barocall.analytics.counting;

import barocall.contract.CallOutcome;
import barocall.contract.Channel;
import barocall.contract.Door;
import barocall.contract.Event.CallAnswered;
import barocall.contract.Event.CallEnded;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The headline figures counted by event id alone, without any of the code that is tested. */
final class PlainCount {
  static final Set<String> FIGURES =
      Set.of(
          "n.received", "n.answered", "n.connected", "n.escalated", "n.resolved", "n.firstContact");

  private final ZoneId zone;
  private final Map<String, Map<String, Long>> figures = new TreeMap<>();

  private PlainCount(ZoneId zone) {
    this.zone = zone;
  }

  /** By rollup and figure; repeats of an event among them count once. */
  static Map<String, Map<String, Long>> of(Collection<InquiryEvent> log, ZoneId zone) {
    PlainCount count = new PlainCount(zone);
    List<InquiryEvent> events = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    log.stream().filter(event -> ids.add(event.id())).forEach(events::add);
    for (String inquiry : events.stream().map(InquiryEvent::about).collect(Collectors.toSet())) {
      List<InquiryEvent> life = events.stream().filter(it -> it.about().equals(inquiry)).toList();
      first(life, CallReceived.class, any -> true)
          .ifPresent(it -> count.one("n.received", it.at()));
      answered(life).ifPresent(it -> count.one("n.answered", it.at()));
      connected(life).ifPresent(it -> count.one("n.connected", it.at()));
      first(life, ComplaintEscalated.class, any -> true)
          .ifPresent(it -> count.one("n.escalated", it.at()));
      first(life, InquiryResolved.class, it -> it.how() != How.ABANDONED)
          .ifPresent(
              it -> {
                count.one("n.resolved", it.at());
                if (it.atFirstContact()) {
                  count.one("n.firstContact", it.at());
                }
              });
    }
    return count.figures;
  }

  /** As the exchange says, at its answer or else its end; without one, as an agent opens a call. */
  private static Optional<? extends InquiryEvent> answered(List<InquiryEvent> life) {
    Optional<? extends InquiryEvent> answer = first(life, CallAnswered.class, any -> true);
    if (answer.isEmpty()) {
      answer = first(life, CallEnded.class, it -> it.outcome() == CallOutcome.ANSWERED);
    }
    return answer.isPresent()
        ? answer
        : first(
            life,
            CallReceived.class,
            it -> it.door() == Door.DESK && it.inquiry().channel() == Channel.TELEPHONE);
  }

  /** As the exchange says; where it does not, as whoever ended the call first says. */
  private static Optional<? extends InquiryEvent> connected(List<InquiryEvent> life) {
    Optional<CallEnded> end = first(life, CallEnded.class, it -> it.connectedTo() != null);
    return end.isPresent()
        ? end
        : first(life, InquiryResolved.class, it -> it.how() != How.ABANDONED)
            .filter(it -> it.how() == How.CONNECTED);
  }

  private static <E extends InquiryEvent> Optional<E> first(
      List<InquiryEvent> life, Class<E> kind, Predicate<E> such) {
    return life.stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .filter(such)
        .min(Comparator.comparingInt(InquiryEvent::step));
  }

  private void one(String figure, Instant at) {
    ZonedDateTime local = at.atZone(zone);
    for (String rollup :
        List.of(
            "gyeongju/total",
            "gyeongju/month/" + local.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant(),
            "gyeongju/day/" + local.truncatedTo(ChronoUnit.DAYS).toInstant(),
            "gyeongju/hour/" + local.truncatedTo(ChronoUnit.HOURS).toInstant())) {
      figures.computeIfAbsent(rollup, any -> new TreeMap<>()).merge(figure, 1L, Long::sum);
    }
  }
}

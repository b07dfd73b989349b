package barocall.routing.desk;

import barocall.access.ContactSeal;
import barocall.access.CredentialsException;
import barocall.city.City;
import barocall.contract.By;
import barocall.contract.Event;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.InquiryAssigned;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.Event.InquiryResolved;
import barocall.routing.cases.Case;
import barocall.routing.cases.Entry;
import barocall.routing.cases.First;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that an agent sees of one inquiry.
 *
 * @param waiting how it waits at the desk; null when it does not
 * @param first who took it from the desk, when somebody did
 * @param possible what can be done with it while it does not wait at the desk
 * @param answered what the citizen was answered by an agent, as it stands
 * @param preparedAnswer the answer that a rule has ready
 * @param past other inquiries of the same telephone, the newest first
 * @param samePlace other inquiries about the same place, the newest first
 */
record Whole(
    String inquiryId,
    @Nullable String receiptNumber,
    @Nullable OffsetDateTime receivedAt,
    String channel,
    @Nullable String category,
    @Nullable String categoryName,
    @Nullable String subject,
    @Nullable String text,
    Event.@Nullable Place place,
    @Nullable Reach contact,
    String state,
    int step,
    @Nullable Row waiting,
    @Nullable First first,
    List<String> possible,
    @Nullable Answered answered,
    @Nullable String preparedAnswer,
    List<Happened> history,
    List<Past> past,
    List<Past> samePlace) {

  /** How to reach the citizen, opened. */
  record Reach(@Nullable String name, @Nullable String telephone, @Nullable String email) {
    @Override
    public String toString() {
      return "Reach[…]";
    }
  }

  /**
   * An agent's answer.
   *
   * @param corrections how often it was put right
   */
  record Answered(String answer, int corrections) {
    static Optional<Answered> of(Case known) {
      return known
          .last()
          .map(Entry::event)
          .filter(InquiryResolved.class::isInstance)
          .map(InquiryResolved.class::cast)
          .filter(end -> end.by() == By.AGENT)
          .flatMap(
              end ->
                  Optional.ofNullable(known.answer(end))
                      .map(answer -> new Answered(answer, known.corrections(end.step()).size())));
    }

    @Override
    public String toString() {
      return "Answered[…]";
    }
  }

  /** Something that happened to the inquiry, for people. */
  record Happened(
      OffsetDateTime at,
      String what,
      @Nullable String who,
      @Nullable String department,
      @Nullable String words) {}

  /** Another inquiry of the same caller, in one line. */
  record Past(
      String inquiryId,
      @Nullable String receiptNumber,
      @Nullable OffsetDateTime receivedAt,
      String channel,
      @Nullable String categoryName,
      @Nullable String subject,
      String state,
      @Nullable String answer) {
    static Past of(Case known, City city, Locale locale) {
      Event.Inquiry inquiry = known.inquiry();
      return new Past(
          known.inquiryId(),
          Row.grouped(inquiry.receiptNumber()),
          Row.local(inquiry.receivedAt(), city),
          inquiry.channel().wireName(),
          Row.categoryName(inquiry.category(), city, locale),
          known.subject() == null ? brief(known.text()) : known.subject(),
          known.state(),
          known.answer());
    }

    private static @Nullable String brief(@Nullable String text) {
      return text == null || text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
  }

  /** The other inquiries that are shown with it. */
  List<String> others() {
    return Stream.of(past, samePlace)
        .flatMap(List::stream)
        .map(Past::inquiryId)
        .distinct()
        .toList();
  }

  static @Nullable Reach opened(Event.@Nullable Contact contact, ContactSeal seal) {
    return contact == null
        ? null
        : new Reach(
            open(seal, ContactSeal.Field.NAME, contact.name()),
            open(seal, ContactSeal.Field.TELEPHONE, contact.telephone()),
            open(seal, ContactSeal.Field.EMAIL, contact.email()));
  }

  /** A contact sealed under a key that is gone is shown as absent: the rest is still of use. */
  private static @Nullable String open(
      ContactSeal seal, ContactSeal.Field field, @Nullable String sealed) {
    try {
      return sealed == null ? null : seal.open(field, sealed);
    } catch (CredentialsException lost) {
      return null;
    }
  }

  static List<Happened> history(Case known, City city, Locale locale) {
    List<Happened> history = new ArrayList<>();
    for (Entry entry : known.entries()) {
      happened(entry, city, locale).ifPresent(history::add);
    }
    history.sort(Comparator.comparing(Happened::at));
    return history;
  }

  private static Optional<Happened> happened(Entry entry, City city, Locale locale) {
    InquiryEvent event = entry.event();
    String who = null;
    String department = null;
    String words = null;
    if (event instanceof Event.CallAnswered answered) {
      who = name(city, answered.agent());
    } else if (event instanceof Event.CallEnded ended) {
      who = name(city, ended.agent());
      department = ended.connectedTo();
      words = ended.outcome().wireName();
    } else if (event instanceof Event.InquiryDescribed described) {
      who = name(city, described.agent());
    } else if (event instanceof InquiryAssigned assigned) {
      words = assigned.why().sentence();
    } else if (event instanceof ComplaintEscalated escalated) {
      who = name(city, escalated.agent());
      department = escalated.department();
      words = escalated.why().sentence();
    } else if (event instanceof InquiryResolved resolved) {
      who = resolved.by() == By.DEPARTMENT ? resolved.who() : name(city, resolved.who());
      department = resolved.department();
      words = resolved.answer();
    } else if (event instanceof Event.ComplaintAcknowledged acknowledged) {
      who = acknowledged.officer();
      department = acknowledged.department();
    } else if (event instanceof Event.ComplaintReturned returned) {
      who = returned.officer();
      department = returned.department();
      words = returned.reason();
    } else if (event instanceof Event.AnswerCorrected corrected) {
      who = name(city, corrected.agent());
      words = corrected.answer();
    } else if (event instanceof Event.RecallRequested wish) {
      who = name(city, wish.agent());
      words = wish.reason();
    } else if (event instanceof Event.ComplaintRecalled recalled) {
      who = name(city, recalled.agent());
      department = recalled.department();
    } else if (event instanceof Event.SatisfactionRated rated) {
      who = name(city, rated.agent());
      words = rated.score() + "/5";
    } else if (event instanceof InquiryReopened reopened) {
      who = name(city, reopened.agent());
      words = reopened.reason();
    }
    return Optional.of(
        new Happened(
            event.at().atZone(city.timeZone()).toOffsetDateTime(),
            event.topic().wireName(),
            who,
            department == null ? null : Row.Office.of(city, department, locale).name(),
            words));
  }

  private static @Nullable String name(City city, @Nullable String agent) {
    return agent == null ? null : city.agent(agent).map(it -> it.name()).orElse(agent);
  }
}

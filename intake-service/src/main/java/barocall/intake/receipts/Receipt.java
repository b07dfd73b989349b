package barocall.intake.receipts;

import barocall.contract.Event;
import barocall.contract.How;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far one inquiry is, computed from its facts by step and never by the order in which they
 * came.
 *
 * @param department that has it, or that ended it
 * @param dueAt by when that department must answer
 * @param answer the last one, while it stands, as it was last put right
 * @param correction by which it was, if it was
 * @param resolution the last end, whether or not the citizen asked again since
 * @param reopening the citizen's asking again after that end
 * @param rating of that end
 * @param acknowledgedAt since when an officer of the department works on it
 */
record Receipt(
    Event.Inquiry inquiry,
    State state,
    @Nullable Holder department,
    @Nullable Instant dueAt,
    @Nullable String dueClause,
    @Nullable String petitionKind,
    @Nullable String answer,
    Event.@Nullable InquiryResolved resolution,
    Event.@Nullable AnswerCorrected correction,
    Event.@Nullable InquiryReopened reopening,
    Event.@Nullable SatisfactionRated rating,
    @Nullable Instant assignedAt,
    @Nullable Instant acknowledgedAt,
    List<Entry> history) {

  /** Whose turn it is. */
  enum State {
    RECEIVED("received"),
    AT_DESK("at-desk"),
    ESCALATED("escalated"),
    ACKNOWLEDGED("acknowledged"),
    RESOLVED("resolved"),
    ABANDONED("abandoned");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** A department. */
  record Holder(String id, @Nullable String name) {}

  /** What happened when. */
  record Entry(Instant at, String what, @Nullable Holder department) {
    private static final String REOPENED = "reopened";

    /** Whether the citizen asked again, which begins the department's period anew. */
    boolean isReopening() {
      return what.equals(REOPENED);
    }
  }

  /** Facts in the order in which they count: by step, within a step as one leads to the next. */
  private static final Comparator<Event.InquiryEvent> ORDER =
      Comparator.comparingInt(Event.InquiryEvent::step)
          .thenComparingInt(Receipt::rank)
          .thenComparingInt(Receipt::revision)
          .thenComparing(Event.InquiryEvent::at)
          .thenComparing(Event::id);

  /**
   * The receipt of an inquiry.
   *
   * @param facts of one inquiry, in any order, some perhaps twice
   * @return empty if they don't say that it was received
   */
  static Optional<Receipt> of(Collection<? extends Event.InquiryEvent> facts) {
    Map<String, Event.InquiryEvent> once = new LinkedHashMap<>();
    facts.stream().sorted(ORDER).forEach(fact -> once.putIfAbsent(fact.id(), fact));
    Fold fold = new Fold();
    once.values().forEach(fold::add);
    return fold.receipt();
  }

  private static int revision(Event.InquiryEvent fact) {
    return fact instanceof Event.AnswerCorrected it ? it.revision() : 0;
  }

  private static int rank(Event.InquiryEvent fact) {
    return switch (fact.topic()) {
      case CALL_RECEIVED -> 0;
      case CALL_ANSWERED -> 1;
      case CALL_ENDED -> 2;
      case INQUIRY_ASSIGNED, COMPLAINT_ESCALATED -> 3;
      case INQUIRY_DESCRIBED -> 4;
      case DEPARTMENT_TOLD -> 5;
      case COMPLAINT_ACKNOWLEDGED -> 6;
      case COMPLAINT_REMINDED -> 7;
      case COMPLAINT_RETURNED -> 8;
      case INQUIRY_RESOLVED -> 9;
      case ANSWER_CORRECTED -> 10;
      case SATISFACTION_RATED -> 11;
      case INQUIRY_REOPENED -> 12;
      case HISTORY_RECORDED,
          AGENT_STATE_CHANGED,
          INQUIRY_REPEATED,
          RECALL_REQUESTED,
          COMPLAINT_RECALLED,
          ACCESS_RECORDED,
          ACCOUNT_RECORDED ->
          13;
    };
  }

  private static final class Fold {
    private Event.@Nullable Inquiry inquiry;
    private State state = State.RECEIVED;
    private @Nullable Holder department;
    private @Nullable Instant dueAt;
    private @Nullable String dueClause;
    private @Nullable String petitionKind;
    private Event.@Nullable InquiryResolved resolution;
    private Event.@Nullable AnswerCorrected correction;
    private Event.@Nullable InquiryReopened reopening;
    private Event.@Nullable SatisfactionRated rating;
    private @Nullable Instant assignedAt;
    private @Nullable Instant acknowledgedAt;
    private final List<Entry> history = new ArrayList<>();

    void add(Event.InquiryEvent fact) {
      know(fact.inquiry());
      if (fact instanceof Event.CallReceived it) {
        tell(it.at(), State.RECEIVED.word(), null);
      } else if (fact instanceof Event.InquiryAssigned it) {
        leaveDepartment();
        state = State.AT_DESK;
        tell(it.at(), state.word(), null);
      } else if (fact instanceof Event.ComplaintEscalated it) {
        department = new Holder(it.department(), it.departmentName());
        dueAt = it.dueAt();
        dueClause = it.dueClause();
        petitionKind = it.petitionKind();
        assignedAt = it.at();
        acknowledgedAt = null;
        state = State.ESCALATED;
        tell(it.at(), state.word(), department);
      } else if (fact instanceof Event.ComplaintAcknowledged it) {
        acknowledgedAt = it.at();
        state = State.ACKNOWLEDGED;
        tell(it.at(), state.word(), named(it.department()));
      } else if (fact instanceof Event.ComplaintReturned it) {
        tell(it.at(), "returned", named(it.department()));
        leaveDepartment();
        state = State.AT_DESK;
      } else if (fact instanceof Event.InquiryResolved it) {
        resolve(it);
      } else if (fact instanceof Event.AnswerCorrected it) {
        // In the order of their revisions, so that the last one stays.
        if (resolution != null && resolution.step() == it.step()) {
          correction = it;
        }
        tell(it.at(), "corrected", null);
      } else if (fact instanceof Event.InquiryReopened it) {
        if (resolution != null && resolution.step() == it.step()) {
          reopening = it;
          leaveDepartment();
          state = State.RECEIVED;
        }
        tell(it.at(), Entry.REOPENED, null);
      } else if (fact instanceof Event.SatisfactionRated it) {
        if (resolution != null && resolution.step() == it.step()) {
          rating = it;
        }
        tell(it.at(), "rated", null);
      }
    }

    private void resolve(Event.InquiryResolved it) {
      resolution = it;
      correction = null;
      reopening = null;
      rating = null;
      if (it.department() == null) {
        leaveDepartment();
      } else {
        department = new Holder(it.department(), it.departmentName());
      }
      state = it.how() == How.ABANDONED ? State.ABANDONED : State.RESOLVED;
      tell(it.at(), state.word(), department);
    }

    private void leaveDepartment() {
      department = null;
      dueAt = null;
      dueClause = null;
      petitionKind = null;
      assignedAt = null;
      acknowledgedAt = null;
    }

    private Holder named(String id) {
      return department != null && department.id().equals(id) ? department : new Holder(id, null);
    }

    private void tell(Instant at, String what, @Nullable Holder who) {
      history.add(new Entry(at, what, who));
    }

    /** The category as it was last told, the time of receipt as it was first. */
    private void know(Event.Inquiry told) {
      if (inquiry == null) {
        inquiry = told;
      } else {
        inquiry =
            new Event.Inquiry(
                told.inquiryId(),
                inquiry.receiptNumber() == null ? told.receiptNumber() : inquiry.receiptNumber(),
                told.city(),
                inquiry.channel(),
                told.category() == null ? inquiry.category() : told.category(),
                inquiry.receivedAt() == null ? told.receivedAt() : inquiry.receivedAt());
      }
    }

    private @Nullable String answer() {
      return correction != null
          ? correction.answer()
          : resolution == null ? null : resolution.answer();
    }

    Optional<Receipt> receipt() {
      if (inquiry == null || inquiry.receivedAt() == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Receipt(
              inquiry,
              state,
              department,
              dueAt,
              dueClause,
              petitionKind,
              state == State.RESOLVED ? answer() : null,
              resolution,
              correction,
              reopening,
              rating,
              assignedAt,
              acknowledgedAt,
              List.copyOf(history)));
    }
  }
}

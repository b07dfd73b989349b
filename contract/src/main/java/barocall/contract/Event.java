package barocall.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every fact that the services tell each other. One record, one topic; the topic's name is the wire
 * name.
 *
 * <p>The same fact always has the same {@link #id()}, so every consumer is idempotent by it. Order
 * between topics is not given. Within a version only optional components are added and unknown ones
 * are ignored.
 *
 * <p>Words, places and answers in these records are free of resident registration numbers; names,
 * telephone numbers and e-mail addresses of citizens stand only in a sealed {@link Contact}. Times
 * are UTC.
 */
public sealed interface Event {
  /** When it happened, as its producer knows it. */
  Instant at();

  /** The city's id: the name of its file. */
  @JsonIgnore
  String cityId();

  /**
   * What the fact is about: the inquiryId, city/agent, or who recorded an access. The partition is
   * chosen by it alone.
   */
  @JsonIgnore
  String about();

  /**
   * Tells the topic's events apart, and is the record's key; of a {@link CallReceived}, an {@link
   * InquiryReopened} and a {@link SatisfactionRated} the record's key has a mark behind it, as a
   * repeat of it may say something else. So compaction drops only what was written again.
   */
  @JsonIgnore
  String key();

  /** Where it belongs: a new event cannot compile without a home. */
  @JsonIgnore
  Topic topic();

  /** The event's id, {@code ce_id}: topic/inquiryId/step(/counter). */
  @JsonIgnore
  default String id() {
    return topic().wireName() + "/" + key();
  }

  /**
   * A record of who did what, of which each of a writer's run names the seal of the one before it,
   * so that one that is missing or was changed is noticed.
   *
   * @param <R> itself
   */
  sealed interface Chained<R extends Chained<R>> extends Event {
    String run();

    int number();

    @Nullable String before();

    String seal();

    /** The same with that seal. */
    R withSeal(String made);
  }

  /** A fact about one inquiry. */
  sealed interface InquiryEvent extends Event {
    Inquiry inquiry();

    /**
     * Counts the inquiry's changes of hands: 0 at receipt; each decision of routing (desk,
     * escalation, answer) takes the next; every other event carries the step that it answers.
     */
    int step();

    /** Tells events apart that repeat within a step; null for those that do not. */
    @JsonIgnore
    default @Nullable String counter() {
      return null;
    }

    @Override
    default String cityId() {
      return inquiry().city();
    }

    @Override
    default String about() {
      return inquiry().inquiryId();
    }

    @Override
    default String key() {
      String counter = counter();
      return about() + "/" + step() + (counter == null ? "" : "/" + counter);
    }
  }

  /** A fact that takes the inquiry to its next step: only routing decides so. */
  sealed interface Decision extends InquiryEvent {}

  /**
   * A fact that carries what citizens, agents or officers wrote, or how to reach a citizen. When a
   * citizen's data is erased it is written again without them, under its own id and key: whoever
   * keeps facts lets that version win, whatever order they come in.
   */
  sealed interface Erasable extends InquiryEvent {
    /** True when this is the version without words, place and contact; otherwise absent. */
    @Nullable Boolean erased();

    /** The same fact without words, place and contact, marked as erased. */
    Erasable erase();
  }

  /** Whether this is the version of a fact that was written again without a citizen's data. */
  static boolean isErased(Event event) {
    return event instanceof Erasable erasable && Boolean.TRUE.equals(erasable.erased());
  }

  /** Whether that version of a fact takes the place of the one that is known. */
  static boolean replaces(Event arrived, Event known) {
    return arrived.id().equals(known.id()) && isErased(arrived) && !isErased(known);
  }

  /**
   * What the events of one inquiry have in common.
   *
   * @param receiptNumber twelve digits without separators; absent for history
   * @param category as this event's producer knows it: a city's category id, or as an imported file
   *     spells it
   * @param receivedAt absent only where the exchange told of an answer or an end before the call
   *     itself
   */
  record Inquiry(
      String inquiryId,
      @Nullable String receiptNumber,
      String city,
      Channel channel,
      @Nullable String category,
      @Nullable Instant receivedAt) {
    public Inquiry {
      Require.text(inquiryId, "inquiry.inquiryId");
      Require.text(city, "inquiry.city");
      Require.present(channel, "inquiry.channel");
      Require.possible(receivedAt, "inquiry.receivedAt");
    }

    /** The same inquiry as someone knows it who gave it another category. */
    public Inquiry withCategory(@Nullable String category) {
      return new Inquiry(inquiryId, receiptNumber, city, channel, category, receivedAt);
    }
  }

  /** Where something is. Latitude and longitude in degrees, WGS 84. */
  record Place(@Nullable String address, @Nullable Double latitude, @Nullable Double longitude) {
    public Place {
      Require.range(latitude, -90, 90, "place.latitude");
      Require.range(longitude, -180, 180, "place.longitude");
    }
  }

  /**
   * How to reach a citizen, sealed under the city's key: name, telephone and email are ciphertexts.
   *
   * @param telephoneHash keyed hash of the telephone's digits, by which the same caller is found
   */
  record Contact(
      @Nullable String name,
      @Nullable String telephone,
      @Nullable String email,
      @Nullable String telephoneHash) {

    /** With what was written down later: what that leaves out stays as it was. */
    public Contact with(Contact later) {
      boolean sameTelephone = later.telephone == null && later.telephoneHash == null;
      return new Contact(
          later.name == null ? name : later.name,
          sameTelephone ? telephone : later.telephone,
          later.email == null ? email : later.email,
          sameTelephone ? telephoneHash : later.telephoneHash);
    }
  }

  /** Why routing decided so: its kind, the rule's id if there is one, and a sentence for people. */
  record Why(WhyKind kind, @Nullable String rule, String sentence) {
    public Why {
      Require.present(kind, "why.kind");
      Require.present(sentence, "why.sentence");
    }

    /** Its sentence may quote what an agent or an officer wrote. */
    Why withoutWords() {
      return new Why(kind, rule, kind.wireName());
    }
  }

  /**
   * A citizen got in touch: by an exchange's call, a form, another program, or an agent who opened
   * it by hand.
   *
   * @param direction of a telephone call; absent for other channels
   * @param called the centre's number that rang; absent for outgoing calls, where the citizen's is
   *     sealed
   * @param agent at whose telephone it rings, or who opened it by hand
   * @param outOfHours whether the centre was closed when it came
   * @param claimedAt the time that the sender gave, where it lay too far ahead of the clock and was
   *     replaced
   * @param erased true where it was written again without what could be personal
   */
  record CallReceived(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      Door door,
      @Nullable Direction direction,
      @Nullable String called,
      @Nullable String agent,
      boolean outOfHours,
      @Nullable String subject,
      @Nullable String text,
      @Nullable Place place,
      @Nullable Contact contact,
      @Nullable Instant claimedAt,
      @Nullable Boolean erased)
      implements Erasable {
    public CallReceived {
      Require.begin(inquiry, at, step);
      Require.present(inquiry.receivedAt(), "inquiry.receivedAt");
      Require.zero(step);
      Require.present(door, "door");
    }

    /** With all that is in it. */
    public CallReceived(
        Inquiry inquiry,
        Instant at,
        int step,
        Door door,
        @Nullable Direction direction,
        @Nullable String called,
        @Nullable String agent,
        boolean outOfHours,
        @Nullable String subject,
        @Nullable String text,
        @Nullable Place place,
        @Nullable Contact contact,
        @Nullable Instant claimedAt) {
      this(
          inquiry,
          at,
          step,
          door,
          direction,
          called,
          agent,
          outOfHours,
          subject,
          text,
          place,
          contact,
          claimedAt,
          null);
    }

    @Override
    public CallReceived erase() {
      return new CallReceived(
          inquiry,
          at,
          step,
          door,
          direction,
          called,
          agent,
          outOfHours,
          null,
          null,
          null,
          null,
          claimedAt,
          true);
    }

    @Override
    public Topic topic() {
      return Topic.CALL_RECEIVED;
    }
  }

  /**
   * An agent took a call.
   *
   * @param waitSeconds how long the caller waited in the queue
   */
  record CallAnswered(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String agent,
      @JsonProperty(required = true) int waitSeconds,
      @Nullable Instant claimedAt)
      implements InquiryEvent {
    public CallAnswered {
      Require.begin(inquiry, at, step);
      Require.zero(step);
      Require.text(agent, "agent");
      Require.notNegative(waitSeconds, "waitSeconds");
    }

    @Override
    public Topic topic() {
      return Topic.CALL_ANSWERED;
    }
  }

  /**
   * A call is over. Lengths in seconds.
   *
   * @param agent who answered; present if and only if it was answered
   * @param connectedTo the department that it was put through to, live: no case, no clock
   */
  record CallEnded(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      CallOutcome outcome,
      @Nullable String agent,
      @Nullable Integer waitSeconds,
      @Nullable Integer talkSeconds,
      @Nullable Integer holdSeconds,
      @Nullable Integer afterCallSeconds,
      @Nullable String connectedTo,
      @Nullable String connectedToName,
      @Nullable Instant claimedAt)
      implements InquiryEvent {
    public CallEnded {
      Require.begin(inquiry, at, step);
      Require.zero(step);
      Require.present(outcome, "outcome");
      if (outcome == CallOutcome.ANSWERED) {
        Require.text(agent, "agent");
      }
      Require.notNegative(waitSeconds, "waitSeconds");
      Require.notNegative(talkSeconds, "talkSeconds");
      Require.notNegative(holdSeconds, "holdSeconds");
      Require.notNegative(afterCallSeconds, "afterCallSeconds");
    }

    @Override
    public Topic topic() {
      return Topic.CALL_ENDED;
    }
  }

  /**
   * What an agent wrote down, during a call or after it. The latest counter stands.
   *
   * @param revision counts the descriptions within a step, from 1
   * @param erased true where it was written again without what could be personal
   */
  record InquiryDescribed(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      @JsonProperty(required = true) int revision,
      String agent,
      @Nullable String subject,
      @Nullable String text,
      @Nullable Place place,
      @Nullable Contact contact,
      @Nullable Boolean erased)
      implements Erasable {
    public InquiryDescribed {
      Require.begin(inquiry, at, step);
      Require.text(agent, "agent");
    }

    /** With all that is in it. */
    public InquiryDescribed(
        Inquiry inquiry,
        Instant at,
        int step,
        int revision,
        String agent,
        @Nullable String subject,
        @Nullable String text,
        @Nullable Place place,
        @Nullable Contact contact) {
      this(inquiry, at, step, revision, agent, subject, text, place, contact, null);
    }

    @Override
    public InquiryDescribed erase() {
      return new InquiryDescribed(inquiry, at, step, revision, agent, null, null, null, null, true);
    }

    @Override
    public String counter() {
      return Integer.toString(revision);
    }

    @Override
    public Topic topic() {
      return Topic.INQUIRY_DESCRIBED;
    }
  }

  /**
   * An inquiry waits at the agents' desk.
   *
   * @param agent for whom, if for one
   * @param urgent words of danger to life stand in it: it is on top of the desk
   * @param emergencyNumbers 119, 112, 109: what to show beside it
   * @param suggestedDepartments ids, the likeliest first
   * @param erased true where it was written again without what could be personal
   */
  record InquiryAssigned(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      Why why,
      @Nullable String agent,
      boolean urgent,
      List<String> emergencyNumbers,
      List<String> suggestedDepartments,
      @Nullable Boolean erased)
      implements Decision, Erasable {
    public InquiryAssigned {
      Require.begin(inquiry, at, step);
      Require.present(why, "why");
      emergencyNumbers = Require.list(emergencyNumbers);
      suggestedDepartments = Require.list(suggestedDepartments);
    }

    /** With all that is in it. */
    public InquiryAssigned(
        Inquiry inquiry,
        Instant at,
        int step,
        Why why,
        @Nullable String agent,
        boolean urgent,
        List<String> emergencyNumbers,
        List<String> suggestedDepartments) {
      this(inquiry, at, step, why, agent, urgent, emergencyNumbers, suggestedDepartments, null);
    }

    @Override
    public InquiryAssigned erase() {
      return new InquiryAssigned(
          inquiry,
          at,
          step,
          why.withoutWords(),
          agent,
          urgent,
          emergencyNumbers,
          suggestedDepartments,
          true);
    }

    @Override
    public Topic topic() {
      return Topic.INQUIRY_ASSIGNED;
    }
  }

  /**
   * How an inquiry ended. By rule or agent it is a decision of routing and takes the next step; by
   * a department it carries the step of the escalation that it answers.
   *
   * @param who the agent's id or the officer's user name; absent when a rule ended it
   * @param rule the rule's id when a rule ended it
   * @param department the department that held it; absent when an agent or a rule ended it
   * @param atFirstContact ended by an agent or a rule's answer and never escalated before
   * @param erased true where it was written again without what could be personal
   */
  record InquiryResolved(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      How how,
      By by,
      @Nullable String who,
      @Nullable String rule,
      @Nullable String department,
      @Nullable String departmentName,
      @JsonProperty(required = true) boolean atFirstContact,
      @Nullable String answer,
      @Nullable Boolean erased)
      implements Decision, Erasable {
    public InquiryResolved {
      Require.begin(inquiry, at, step);
      Require.present(how, "how");
      Require.present(by, "by");
    }

    /** With all that is in it. */
    public InquiryResolved(
        Inquiry inquiry,
        Instant at,
        int step,
        How how,
        By by,
        @Nullable String who,
        @Nullable String rule,
        @Nullable String department,
        @Nullable String departmentName,
        boolean atFirstContact,
        @Nullable String answer) {
      this(
          inquiry,
          at,
          step,
          how,
          by,
          who,
          rule,
          department,
          departmentName,
          atFirstContact,
          answer,
          null);
    }

    @Override
    public InquiryResolved erase() {
      return new InquiryResolved(
          inquiry,
          at,
          step,
          how,
          by,
          who,
          rule,
          department,
          departmentName,
          atFirstContact,
          null,
          true);
    }

    @Override
    public Topic topic() {
      return Topic.INQUIRY_RESOLVED;
    }
  }

  /**
   * An agent put right what the citizen was answered by an agent. Both versions stay: that one in
   * its {@code inquiry-resolved}, of which this carries the step. How and when the inquiry ended
   * stays as it was.
   *
   * @param revision counts the corrections within a step, from 1; the latest stands
   * @param agent the agent or administrator who put it right
   * @param answer the whole answer as it should have been
   * @param erased true where it was written again without what could be personal
   */
  record AnswerCorrected(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      @JsonProperty(required = true) int revision,
      String agent,
      @Nullable String answer,
      @Nullable Boolean erased)
      implements Erasable {
    public AnswerCorrected {
      Require.begin(inquiry, at, step);
      Require.notNegative(revision, "revision");
      Require.text(agent, "agent");
    }

    /** With all that is in it. */
    public AnswerCorrected(
        Inquiry inquiry, Instant at, int step, int revision, String agent, String answer) {
      this(inquiry, at, step, revision, agent, answer, null);
    }

    @Override
    public AnswerCorrected erase() {
      return new AnswerCorrected(inquiry, at, step, revision, agent, null, true);
    }

    @Override
    public String counter() {
      return Integer.toString(revision);
    }

    @Override
    public Topic topic() {
      return Topic.ANSWER_CORRECTED;
    }
  }

  /**
   * A written case was handed to a department. Its due time counts from the receipt, or from when
   * the citizen asked again; passing it on from one department to another changes nothing of it.
   *
   * @param petitionKind the city's id of the kind of petition; dueAt by which time, dueClause by
   *     which clause
   * @param agent who escalated, when an agent did
   * @param transfers how often it went from one department to another before
   * @param erased true where it was written again without what could be personal
   */
  record ComplaintEscalated(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String department,
      @Nullable String departmentName,
      @Nullable String petitionKind,
      Priority priority,
      @Nullable Instant dueAt,
      @Nullable String dueClause,
      Why why,
      @Nullable String agent,
      @JsonProperty(required = true) int transfers,
      @Nullable String subject,
      @Nullable String text,
      @Nullable Place place,
      @Nullable Contact contact,
      @Nullable Boolean erased)
      implements Decision, Erasable {
    public ComplaintEscalated {
      Require.begin(inquiry, at, step);
      Require.possible(dueAt, "dueAt");
      Require.text(department, "department");
      Require.present(priority, "priority");
      Require.present(why, "why");
      Require.notNegative(transfers, "transfers");
    }

    /** With all that is in it. */
    public ComplaintEscalated(
        Inquiry inquiry,
        Instant at,
        int step,
        String department,
        @Nullable String departmentName,
        @Nullable String petitionKind,
        Priority priority,
        @Nullable Instant dueAt,
        @Nullable String dueClause,
        Why why,
        @Nullable String agent,
        int transfers,
        @Nullable String subject,
        @Nullable String text,
        @Nullable Place place,
        @Nullable Contact contact) {
      this(
          inquiry,
          at,
          step,
          department,
          departmentName,
          petitionKind,
          priority,
          dueAt,
          dueClause,
          why,
          agent,
          transfers,
          subject,
          text,
          place,
          contact,
          null);
    }

    @Override
    public ComplaintEscalated erase() {
      return new ComplaintEscalated(
          inquiry,
          at,
          step,
          department,
          departmentName,
          petitionKind,
          priority,
          dueAt,
          dueClause,
          why.withoutWords(),
          agent,
          transfers,
          null,
          null,
          null,
          null,
          true);
    }

    @Override
    public Topic topic() {
      return Topic.COMPLAINT_ESCALATED;
    }
  }

  /**
   * The department takes it.
   *
   * @param officer the user name of who took it
   */
  record ComplaintAcknowledged(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String department,
      @Nullable String officer)
      implements InquiryEvent {
    public ComplaintAcknowledged {
      Require.begin(inquiry, at, step);
      Require.text(department, "department");
    }

    @Override
    public Topic topic() {
      return Topic.COMPLAINT_ACKNOWLEDGED;
    }
  }

  /**
   * The department sends it back with a reason.
   *
   * @param erased true where it was written again without what could be personal
   */
  record ComplaintReturned(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String department,
      @Nullable String officer,
      @Nullable String reason,
      @Nullable Boolean erased)
      implements Erasable {
    public ComplaintReturned {
      Require.begin(inquiry, at, step);
      Require.text(department, "department");
    }

    /** With all that is in it. */
    public ComplaintReturned(
        Inquiry inquiry,
        Instant at,
        int step,
        String department,
        @Nullable String officer,
        @Nullable String reason) {
      this(inquiry, at, step, department, officer, reason, null);
    }

    @Override
    public ComplaintReturned erase() {
      return new ComplaintReturned(inquiry, at, step, department, officer, null, true);
    }

    @Override
    public Topic topic() {
      return Topic.COMPLAINT_RETURNED;
    }
  }

  /**
   * The desk wants an escalation back before the department has taken it. Only a wish: whether the
   * department was first is decided where it takes cases, and told by {@code complaint-recalled} or
   * {@code complaint-acknowledged}. Carries the step of the escalation.
   *
   * @param agent the agent or administrator who wants it back
   * @param erased true where it was written again without what could be personal
   */
  record RecallRequested(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String agent,
      @Nullable String reason,
      @Nullable Boolean erased)
      implements Erasable {
    public RecallRequested {
      Require.begin(inquiry, at, step);
      Require.text(agent, "agent");
    }

    /** With all that is in it. */
    public RecallRequested(
        Inquiry inquiry, Instant at, int step, String agent, @Nullable String reason) {
      this(inquiry, at, step, agent, reason, null);
    }

    @Override
    public RecallRequested erase() {
      return new RecallRequested(inquiry, at, step, agent, null, true);
    }

    @Override
    public Topic topic() {
      return Topic.RECALL_REQUESTED;
    }
  }

  /**
   * An escalation went back to the desk, as the desk wished and before the department took it: the
   * department can do nothing more with it. Carries the step of the escalation.
   *
   * @param department that had it
   * @param agent the agent or administrator who wanted it back
   * @param erased true where it was written again without what could be personal
   */
  record ComplaintRecalled(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String department,
      String agent,
      @Nullable String reason,
      @Nullable Boolean erased)
      implements Erasable {
    public ComplaintRecalled {
      Require.begin(inquiry, at, step);
      Require.text(department, "department");
      Require.text(agent, "agent");
    }

    /** With all that is in it. */
    public ComplaintRecalled(
        Inquiry inquiry,
        Instant at,
        int step,
        String department,
        String agent,
        @Nullable String reason) {
      this(inquiry, at, step, department, agent, reason, null);
    }

    @Override
    public ComplaintRecalled erase() {
      return new ComplaintRecalled(inquiry, at, step, department, agent, null, true);
    }

    @Override
    public Topic topic() {
      return Topic.COMPLAINT_RECALLED;
    }
  }

  /**
   * The department was reminded before the due time, or chased after it.
   *
   * @param number counts the reminders of a kind within a step, from 1
   */
  record ComplaintReminded(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      Reminder reminder,
      @JsonProperty(required = true) int number,
      String department,
      @Nullable Instant dueAt)
      implements InquiryEvent {
    public ComplaintReminded {
      Require.begin(inquiry, at, step);
      Require.present(reminder, "reminder");
      Require.text(department, "department");
    }

    @Override
    public String counter() {
      return reminder.wireName() + "-" + number;
    }

    @Override
    public Topic topic() {
      return Topic.COMPLAINT_REMINDED;
    }
  }

  /**
   * A department was told, or telling it was given up after the last try.
   *
   * @param way by which it was told
   * @param sending 1 for the first, one more each time that a person sends it again
   * @param attempts how many tries it took
   * @param reason why it was given up
   */
  record DepartmentTold(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      Way way,
      @JsonProperty(required = true) int sending,
      Telling outcome,
      String department,
      @JsonProperty(required = true) int attempts,
      @Nullable String reason)
      implements InquiryEvent {
    public DepartmentTold {
      Require.begin(inquiry, at, step);
      Require.present(way, "way");
      Require.present(outcome, "outcome");
      Require.text(department, "department");
    }

    @Override
    public String counter() {
      return way.wireName() + "-" + sending + "-" + outcome.wireName();
    }

    @Override
    public Topic topic() {
      return Topic.DEPARTMENT_TOLD;
    }
  }

  /**
   * The citizen says that it is not settled. Carries the step of the resolution that it reopens.
   *
   * @param agent the agent or administrator who said it for them; absent where they did themselves
   * @param erased true where it was written again without what could be personal
   */
  record InquiryReopened(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      @Nullable String reason,
      @Nullable String agent,
      @Nullable Boolean erased)
      implements Erasable {
    public InquiryReopened {
      Require.begin(inquiry, at, step);
    }

    /** By the citizen. */
    public InquiryReopened(Inquiry inquiry, Instant at, int step, @Nullable String reason) {
      this(inquiry, at, step, reason, null, null);
    }

    @Override
    public InquiryReopened erase() {
      return new InquiryReopened(inquiry, at, step, null, agent, true);
    }

    @Override
    public Topic topic() {
      return Topic.INQUIRY_REOPENED;
    }
  }

  /**
   * The same person came back about the same subject within seven days after an agent had resolved
   * it at first contact without a department. It is about the earlier inquiry and carries the step
   * of that resolution; however often they come back, it is one fact. It does not tell which the
   * later inquiry is: its {@code at} is the resolution's time and as many whole days as had passed,
   * so that of two inquiries neither gives away whose the other was once that one is erased.
   */
  record InquiryRepeated(Inquiry inquiry, Instant at, @JsonProperty(required = true) int step)
      implements InquiryEvent {
    /** How long after the resolution it counts, its last moment included. */
    public static final Duration WITHIN = Duration.ofDays(7);

    public InquiryRepeated {
      Require.begin(inquiry, at, step);
    }

    @Override
    public Topic topic() {
      return Topic.INQUIRY_REPEATED;
    }
  }

  /**
   * The citizen rates the answer of that step.
   *
   * @param score 1 (very dissatisfied) to 5 (very satisfied)
   * @param agent the agent or administrator who said it for them; absent where they did themselves
   */
  record SatisfactionRated(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      @JsonProperty(required = true) int score,
      @Nullable String agent)
      implements InquiryEvent {
    public SatisfactionRated {
      Require.begin(inquiry, at, step);
      Require.range((double) score, 1, 5, "score");
    }

    /** By the citizen. */
    public SatisfactionRated(Inquiry inquiry, Instant at, int step, int score) {
      this(inquiry, at, step, score, null);
    }

    @Override
    public Topic topic() {
      return Topic.SATISFACTION_RATED;
    }
  }

  /**
   * One past inquiry with all its times in one record. Its facts count as if each had come alone;
   * what was told first stands, and a later record of the same inquiry adds only what is new. It
   * was never routed and tells nobody.
   *
   * @param revision a digest of the row's facts: the same row has the same id
   * @param abandoned of a telephone call that nobody answered
   * @param erased true where it was written again without what could be personal
   */
  record HistoryRecorded(
      Inquiry inquiry,
      Instant at,
      @JsonProperty(required = true) int step,
      String revision,
      @Nullable String subject,
      @Nullable String text,
      @Nullable Place place,
      boolean abandoned,
      @Nullable PastEscalation escalation,
      @Nullable Instant acknowledgedAt,
      @Nullable PastResolution resolution,
      @Nullable Boolean erased)
      implements Erasable {
    public HistoryRecorded {
      Require.begin(inquiry, at, step);
      Require.possible(acknowledgedAt, "acknowledgedAt");
      Require.present(inquiry.receivedAt(), "inquiry.receivedAt");
      Require.zero(step);
      Require.text(revision, "revision");
    }

    /** With all that is in it. */
    public HistoryRecorded(
        Inquiry inquiry,
        Instant at,
        int step,
        String revision,
        @Nullable String subject,
        @Nullable String text,
        @Nullable Place place,
        boolean abandoned,
        @Nullable PastEscalation escalation,
        @Nullable Instant acknowledgedAt,
        @Nullable PastResolution resolution) {
      this(
          inquiry,
          at,
          step,
          revision,
          subject,
          text,
          place,
          abandoned,
          escalation,
          acknowledgedAt,
          resolution,
          null);
    }

    @Override
    public HistoryRecorded erase() {
      return new HistoryRecorded(
          inquiry,
          at,
          step,
          revision,
          null,
          null,
          null,
          abandoned,
          escalation,
          acknowledgedAt,
          resolution == null ? null : resolution.withoutAnswer(),
          true);
    }

    @Override
    public String counter() {
      return revision;
    }

    @Override
    public Topic topic() {
      return Topic.HISTORY_RECORDED;
    }
  }

  /** When a past inquiry went to which department. */
  record PastEscalation(Instant at, String department, @Nullable String departmentName) {
    public PastEscalation {
      Require.time(at, "escalation.at");
      Require.text(department, "escalation.department");
    }
  }

  /** How a past inquiry ended. */
  record PastResolution(Instant at, How how, By by, @Nullable String who, @Nullable String answer) {
    public PastResolution {
      Require.time(at, "resolution.at");
      Require.present(how, "resolution.how");
      Require.present(by, "resolution.by");
    }

    PastResolution withoutAnswer() {
      return new PastResolution(at, how, by, who, null);
    }
  }

  /** An agent's telephone is in another state. It is about an agent, not about an inquiry. */
  record AgentStateChanged(
      String city, String agent, Instant at, AgentState state, @Nullable Instant claimedAt)
      implements Event {
    public AgentStateChanged {
      Require.text(city, "city");
      Require.text(agent, "agent");
      Require.time(at, "at");
      Require.present(state, "state");
    }

    @Override
    public String cityId() {
      return city;
    }

    @Override
    public String about() {
      return city + "/" + agent;
    }

    @Override
    public String key() {
      return about() + "/" + at.toEpochMilli() + "/" + state.wireName();
    }

    @Override
    public Topic topic() {
      return Topic.AGENT_STATE_CHANGED;
    }
  }

  /**
   * Somebody of the centre or of a department was shown what concerns citizens, or did something
   * with it. It is about who looked, not about one inquiry: the records of a writer, which is an
   * instance of a service, are numbered and each names the seal of the one before, so that a
   * missing or changed one is noticed. It has no words of a citizen and no contact, and stays when
   * a citizen's data is erased.
   *
   * @param service which showed it; {@code command-line} for the launcher
   * @param instance the number of the service's instance
   * @param run tells one life of the instance's process from its others
   * @param number counts the records of a run, from 1
   * @param before the seal of the record before it; of a run's first that of the last record of an
   *     earlier run, absent if there was none
   * @param user as they log in; at the command line the machine's user
   * @param role {@code agent}, {@code department}, {@code admin} or {@code operator}
   * @param address the network address from which they came
   * @param city whose inquiries they are; absent where that cannot be told
   * @param department whose inbox it was
   * @param inquiryIds whose data: at most 1,000, of a longer list there are several records
   * @param contact whether it showed how to reach a citizen
   * @param seal of all that stands here, under a secret of the services
   */
  record AccessRecorded(
      String service,
      @JsonProperty(required = true) int instance,
      String run,
      @JsonProperty(required = true) int number,
      @Nullable String before,
      Instant at,
      String user,
      String role,
      @Nullable String address,
      AccessKind what,
      @Nullable String city,
      @Nullable String department,
      List<String> inquiryIds,
      boolean contact,
      String seal)
      implements Chained<AccessRecorded> {
    public AccessRecorded {
      Require.text(service, "service");
      Require.notNegative(instance, "instance");
      Require.text(run, "run");
      Require.notNegative(number, "number");
      Require.time(at, "at");
      Require.text(user, "user");
      Require.text(role, "role");
      Require.present(what, "what");
      Require.present(seal, "seal");
      inquiryIds = Require.list(inquiryIds);
    }

    @Override
    public AccessRecorded withSeal(String made) {
      return new AccessRecorded(
          service,
          instance,
          run,
          number,
          before,
          at,
          user,
          role,
          address,
          what,
          city,
          department,
          inquiryIds,
          contact,
          made);
    }

    /** Empty where that cannot be told. */
    @Override
    public String cityId() {
      return city == null ? "" : city;
    }

    @Override
    public String about() {
      return writer(service, instance);
    }

    /** As {@link #about()} says it. */
    public static String writer(String service, int instance) {
      return service + "-" + instance;
    }

    @Override
    public String key() {
      return about() + "/" + run + "/" + number;
    }

    @Override
    public Topic topic() {
      return Topic.ACCESS_RECORDED;
    }
  }

  /**
   * Somebody logged in, was refused, logged out, or changed who may come in; or what a check of
   * these records found wrong was accepted. As with {@code access-recorded} the records of a writer
   * are numbered and each names the seal of the one before. No password stands in it, right or
   * wrong, and no name under which nobody may log in.
   *
   * @param service at which it was; {@code command-line} for the launcher
   * @param instance the number of the service's instance
   * @param run tells one life of the instance's process from its others
   * @param number counts the records of a run, from 1
   * @param before the seal of the record before it; of a run's first that of the last record of an
   *     earlier run, absent if there was none
   * @param user as they log in, {@code unknown} where nobody is called as they said; at the command
   *     line the machine's user
   * @param role {@code agent}, {@code department}, {@code admin}, {@code operator} or {@code
   *     unknown}
   * @param address the network address from which they came; absent of several from more than one
   * @param city whose account or key it is; absent where it is of all or cannot be told
   * @param account the account or the program's key that was changed
   * @param count how many, where refused log-ins beyond the first of a minute are told together
   * @param note why, in the words of who accepted what was found
   * @param seal of all that stands here, under a secret of the services
   */
  record AccountRecorded(
      String service,
      @JsonProperty(required = true) int instance,
      String run,
      @JsonProperty(required = true) int number,
      @Nullable String before,
      Instant at,
      String user,
      String role,
      @Nullable String address,
      AccountKind what,
      @Nullable String city,
      @Nullable String account,
      @Nullable Integer count,
      @Nullable String note,
      String seal)
      implements Chained<AccountRecorded> {
    public AccountRecorded {
      Require.text(service, "service");
      Require.notNegative(instance, "instance");
      Require.text(run, "run");
      Require.notNegative(number, "number");
      Require.time(at, "at");
      Require.text(user, "user");
      Require.text(role, "role");
      Require.present(what, "what");
      Require.notNegative(count, "count");
      Require.present(seal, "seal");
    }

    @Override
    public AccountRecorded withSeal(String made) {
      return new AccountRecorded(
          service, instance, run, number, before, at, user, role, address, what, city, account,
          count, note, made);
    }

    /** Empty where that cannot be told. */
    @Override
    public String cityId() {
      return city == null ? "" : city;
    }

    @Override
    public String about() {
      return writer(service, instance);
    }

    /** As {@link #about()} says it: another writer than that of what the same service showed. */
    public static String writer(String service, int instance) {
      return AccessRecorded.writer(service, instance) + "-accounts";
    }

    @Override
    public String key() {
      return about() + "/" + run + "/" + number;
    }

    @Override
    public Topic topic() {
      return Topic.ACCOUNT_RECORDED;
    }
  }
}

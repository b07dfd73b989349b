package barocall.notification.inbox;

import barocall.access.ReceiptNumbers;
import barocall.city.Category;
import barocall.city.City;
import barocall.city.PetitionKind;
import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.Place;
import barocall.contract.Reminder;
import barocall.notification.cases.Standing;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of an inbox: a complaint as its department sees it. Times are the city's. Fields that
 * other programs count on are there even when they say nothing.
 *
 * @param step of the escalation
 * @param dueAt by when it must be done, dueClause by which clause
 * @param state {@code escalated}, {@code acknowledged}, {@code resolved}, {@code returned}, {@code
 *     recalled}, {@code withdrawn} or {@code moved}
 * @param why who escalated it and why, as a sentence
 * @param acknowledgedBy user name of who took it
 * @param closedBy user name, or the id of the agent who took it back
 * @param reason of whoever sent or took it back
 * @param reopened whether the citizen was not content with this answer
 * @param reminders before the due time; chasers after it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InboxItem(
    String inquiryId,
    @JsonInclude @Nullable String receiptNumber,
    String city,
    String department,
    @Nullable String departmentName,
    int step,
    @JsonInclude @Nullable OffsetDateTime receivedAt,
    String channel,
    @JsonInclude @Nullable String category,
    @Nullable String categoryName,
    @JsonInclude @Nullable String subject,
    @JsonInclude @Nullable String text,
    @Nullable Place place,
    @Nullable String petitionKind,
    @Nullable String petitionKindName,
    String priority,
    OffsetDateTime escalatedAt,
    String whyKind,
    String why,
    @Nullable String agent,
    int transfers,
    @JsonInclude @Nullable OffsetDateTime dueAt,
    @Nullable String dueClause,
    String state,
    @Nullable OffsetDateTime acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable OffsetDateTime closedAt,
    @Nullable String closedBy,
    @Nullable String answer,
    @Nullable String reason,
    boolean reopened,
    int reminders,
    int chasers) {

  static InboxItem of(Standing standing, City city) {
    ComplaintEscalated escalation = standing.escalation();
    Inquiry inquiry = escalation.inquiry();
    var acknowledged = standing.acknowledged();
    var resolved = standing.resolved();
    var returned = standing.returned();
    var recalled = standing.recalled();
    var moved = standing.movedOn();
    Instant closedAt =
        resolved != null
            ? resolved.at()
            : returned != null
                ? returned.at()
                : recalled != null ? recalled.at() : moved == null ? null : moved.at();
    return new InboxItem(
        inquiry.inquiryId(),
        grouped(inquiry.receiptNumber()),
        inquiry.city(),
        escalation.department(),
        departmentName(escalation, city),
        escalation.step(),
        local(inquiry.receivedAt(), city),
        inquiry.channel().wireName(),
        inquiry.category(),
        Optional.ofNullable(inquiry.category())
            .flatMap(city::category)
            .map(Category::name)
            .map(name -> name.in(city.language()))
            .orElse(inquiry.category()),
        escalation.subject(),
        escalation.text(),
        escalation.place(),
        escalation.petitionKind(),
        Optional.ofNullable(escalation.petitionKind())
            .flatMap(city::petitionKind)
            .map(PetitionKind::name)
            .map(name -> name.in(city.language()))
            .orElse(escalation.petitionKind()),
        escalation.priority().wireName(),
        escalation.at().atZone(city.timeZone()).toOffsetDateTime(),
        escalation.why().kind().wireName(),
        escalation.why().sentence(),
        escalation.agent(),
        escalation.transfers(),
        local(escalation.dueAt(), city),
        escalation.dueClause(),
        standing.withdrawn() == null ? standing.state().wireName() : "withdrawn",
        acknowledged == null ? null : local(acknowledged.at(), city),
        acknowledged == null ? null : acknowledged.officer(),
        local(closedAt, city),
        resolved != null
            ? resolved.who()
            : returned != null ? returned.officer() : recalled != null ? recalled.agent() : null,
        resolved == null ? null : resolved.answer(),
        returned != null ? returned.reason() : recalled != null ? recalled.reason() : null,
        standing.reopened() != null,
        standing.count(Reminder.REMINDER),
        standing.count(Reminder.CHASER));
  }

  static @Nullable String departmentName(ComplaintEscalated escalation, City city) {
    return escalation.departmentName() != null
        ? escalation.departmentName()
        : city.department(escalation.department())
            .map(it -> it.name().in(city.language()))
            .orElse(escalation.department());
  }

  static @Nullable OffsetDateTime local(@Nullable Instant at, City city) {
    return at == null ? null : at.atZone(city.timeZone()).toOffsetDateTime();
  }

  private static @Nullable String grouped(@Nullable String receiptNumber) {
    return receiptNumber == null ? null : ReceiptNumbers.parse(receiptNumber).orElse(receiptNumber);
  }
}

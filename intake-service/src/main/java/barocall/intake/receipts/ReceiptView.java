package barocall.intake.receipts;

import barocall.city.City;
import barocall.city.Due;
import barocall.city.LegalClock;
import barocall.city.PetitionKind;
import barocall.city.Text;
import barocall.contract.By;
import barocall.intake.citizen.Shown;
import barocall.intake.inquiries.Answers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as its page shows it.
 *
 * @param version changes when anything shown here changes
 * @param byRule answered by a rule, so that nobody has read it yet
 * @param steps received, department named, in work, done
 * @param readFrom when it will be read, while it waits for an agent
 * @param dueReason why it is due then, in a sentence
 */
record ReceiptView(
    String number,
    String version,
    String state,
    boolean open,
    boolean resolved,
    boolean byRule,
    List<Step> steps,
    @Nullable String category,
    Shown receivedAt,
    @Nullable Shown readFrom,
    @Nullable String departmentName,
    @Nullable String departmentTelephone,
    @Nullable Shown dueAt,
    @Nullable String dueReason,
    @Nullable String answer,
    @Nullable Shown correctedAt,
    @Nullable Integer score,
    List<Entry> history) {

  /** A step of the way: done, the one that it is at, or still to come. */
  record Step(String name, boolean done, boolean current, @Nullable Shown at) {}

  /** What happened when. */
  record Entry(Shown at, String what, @Nullable String department) {}

  static ReceiptView of(Receipt receipt, City city, Locale locale) {
    Instant receivedAt = Objects.requireNonNull(receipt.inquiry().receivedAt());
    boolean resolved = receipt.state() == Receipt.State.RESOLVED;
    boolean waits =
        receipt.state() == Receipt.State.RECEIVED || receipt.state() == Receipt.State.AT_DESK;
    Receipt.Holder holder = receipt.department();
    var known =
        holder == null ? Optional.<barocall.city.Department>empty() : city.department(holder.id());
    String number = receipt.inquiry().receiptNumber();
    return new ReceiptView(
        number == null ? "" : Answers.grouped(number),
        receipt.state().word() + "-" + receipt.history().size(),
        receipt.state().word(),
        !resolved && receipt.state() != Receipt.State.ABANDONED,
        resolved,
        resolved && receipt.resolution() != null && receipt.resolution().by() == By.RULE,
        steps(receipt, city, locale),
        category(receipt, city, locale),
        shown(receivedAt, city, locale),
        waits ? shown(city.nextOpening(last(receipt)), city, locale) : null,
        holder == null
            ? null
            : known
                .map(it -> it.name().in(locale))
                .orElse(Optional.ofNullable(holder.name()).orElse(holder.id())),
        known.map(barocall.city.Department::telephone).orElse(null),
        receipt.dueAt() == null ? null : shown(receipt.dueAt(), city, locale),
        dueReason(receipt, city, locale),
        receipt.answer(),
        receipt.answer() == null || receipt.correction() == null
            ? null
            : shown(receipt.correction().at(), city, locale),
        receipt.rating() == null ? null : receipt.rating().score(),
        receipt.history().stream().map(it -> entry(it, city, locale)).toList());
  }

  private static Instant last(Receipt receipt) {
    return receipt.history().get(receipt.history().size() - 1).at();
  }

  private static List<Step> steps(Receipt receipt, City city, Locale locale) {
    int at =
        switch (receipt.state()) {
          case RECEIVED, AT_DESK -> 1;
          case ESCALATED, ACKNOWLEDGED -> 2;
          case RESOLVED, ABANDONED -> 4;
        };
    Instant done = receipt.resolution() == null ? null : receipt.resolution().at();
    return List.of(
        step("received", 0, at, receipt.inquiry().receivedAt(), city, locale),
        step("assigned", 1, at, receipt.assignedAt(), city, locale),
        step("working", 2, at, receipt.acknowledgedAt(), city, locale),
        step("done", 3, at, at == 4 ? done : null, city, locale));
  }

  private static Step step(
      String name, int place, int at, @Nullable Instant time, City city, Locale locale) {
    return new Step(name, place < at, place == at, time == null ? null : shown(time, city, locale));
  }

  private static @Nullable String category(Receipt receipt, City city, Locale locale) {
    return Optional.ofNullable(receipt.inquiry().category())
        .flatMap(city::category)
        .map(it -> it.name().in(locale))
        .orElse(null);
  }

  /**
   * In the legal clock's own words if it comes to the same time from the receipt or from when the
   * citizen asked again, else the clause alone.
   */
  private static @Nullable String dueReason(Receipt receipt, City city, Locale locale) {
    if (receipt.dueAt() == null) {
      return null;
    }
    Optional<PetitionKind> kind =
        Optional.ofNullable(receipt.petitionKind()).flatMap(city::petitionKind);
    return kind.flatMap(
            it ->
                beginnings(receipt)
                    .map(began -> LegalClock.due(it, began, city))
                    .filter(due -> due.dueAt().equals(receipt.dueAt()))
                    .findFirst())
        .map(Due::reason)
        .map((Text reason) -> reason.in(locale))
        .orElse(receipt.dueClause());
  }

  private static Stream<Instant> beginnings(Receipt receipt) {
    return Stream.concat(
        Stream.ofNullable(receipt.inquiry().receivedAt()),
        receipt.history().stream().filter(Receipt.Entry::isReopening).map(Receipt.Entry::at));
  }

  private static Entry entry(Receipt.Entry it, City city, Locale locale) {
    Receipt.Holder holder = it.department();
    return new Entry(
        shown(it.at(), city, locale),
        it.what(),
        holder == null
            ? null
            : city.department(holder.id())
                .map(known -> known.name().in(locale))
                .orElse(Optional.ofNullable(holder.name()).orElse(holder.id())));
  }

  private static Shown shown(Instant at, City city, Locale locale) {
    return Shown.of(at, city.timeZone(), locale);
  }
}

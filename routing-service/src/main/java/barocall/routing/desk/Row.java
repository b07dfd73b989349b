package barocall.routing.desk;

import barocall.city.Category;
import barocall.city.City;
import barocall.city.Department;
import barocall.routing.cases.DeskItem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An inquiry in the list of the desk; its times are the city's. */
record Row(
    String inquiryId,
    @Nullable String receiptNumber,
    @Nullable OffsetDateTime receivedAt,
    String channel,
    @Nullable String category,
    @Nullable String categoryName,
    @Nullable String subject,
    @Nullable String text,
    @Nullable String address,
    @Nullable OffsetDateTime dueAt,
    String state,
    OffsetDateTime waitingSince,
    boolean urgent,
    List<String> emergencyNumbers,
    String whyKind,
    String why,
    List<Office> suggestedDepartments,
    @Nullable String agent,
    @Nullable String agentName,
    @Nullable String call,
    @Nullable String direction,
    boolean outOfHours,
    int step) {
  private static final int BRIEF = 160;

  /** A department as a list names it. */
  record Office(String id, String name) {
    static Office of(City city, String id, Locale locale) {
      return new Office(
          id, city.department(id).map(Department::name).map(it -> it.in(locale)).orElse(id));
    }
  }

  static Row of(DeskItem item, City city, Locale locale) {
    return new Row(
        item.inquiryId(),
        grouped(item.receiptNumber()),
        local(item.receivedAt(), city),
        item.channel(),
        item.category(),
        categoryName(item.category(), city, locale),
        item.subject(),
        item.text(),
        item.address(),
        local(item.dueAt(), city),
        "at-desk",
        item.waitingSince().atZone(city.timeZone()).toOffsetDateTime(),
        item.urgent(),
        item.emergencyNumbers(),
        item.whyKind(),
        item.why(),
        item.suggestedDepartments().stream().map(id -> Office.of(city, id, locale)).toList(),
        item.agent(),
        Optional.ofNullable(item.agent()).flatMap(city::agent).map(it -> it.name()).orElse(null),
        item.call(),
        item.direction(),
        item.outOfHours(),
        item.step());
  }

  /** With no more of the text than a list shows. */
  Row brief() {
    String first = text;
    if (first != null && first.codePointCount(0, first.length()) > BRIEF) {
      first = first.substring(0, first.offsetByCodePoints(0, BRIEF)) + "…";
    }
    return new Row(
        inquiryId,
        receiptNumber,
        receivedAt,
        channel,
        category,
        categoryName,
        subject,
        first,
        address,
        dueAt,
        state,
        waitingSince,
        urgent,
        emergencyNumbers,
        whyKind,
        why,
        suggestedDepartments,
        agent,
        agentName,
        call,
        direction,
        outOfHours,
        step);
  }

  static @Nullable OffsetDateTime local(@Nullable Instant at, City city) {
    return at == null ? null : at.atZone(city.timeZone()).toOffsetDateTime();
  }

  /** As people read it out: in fours. */
  static @Nullable String grouped(@Nullable String receiptNumber) {
    return receiptNumber == null || receiptNumber.length() != 12
        ? receiptNumber
        : receiptNumber.substring(0, 4)
            + "-"
            + receiptNumber.substring(4, 8)
            + "-"
            + receiptNumber.substring(8);
  }

  static @Nullable String categoryName(@Nullable String category, City city, Locale locale) {
    return category == null
        ? null
        : city.category(category).map(Category::name).map(it -> it.in(locale)).orElse(category);
  }
}

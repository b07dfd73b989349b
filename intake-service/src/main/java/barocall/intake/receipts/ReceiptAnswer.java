package barocall.intake.receipts;

import barocall.city.City;
import barocall.contract.Channel;
import barocall.intake.inquiries.Answers;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A receipt as the door gives it; times by the city's clock. Fields that other programs count on
 * are there even when they say nothing.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReceiptAnswer(
    String receiptNumber,
    String city,
    String channel,
    @Nullable String category,
    OffsetDateTime receivedAt,
    String state,
    @JsonInclude @Nullable String department,
    @Nullable String departmentName,
    @JsonInclude @Nullable OffsetDateTime dueAt,
    @JsonInclude @Nullable String answer,
    @Nullable OffsetDateTime answerCorrectedAt,
    @Nullable Integer rating,
    List<Entry> history) {

  /** What happened when, and to which department. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Entry(
      OffsetDateTime at,
      String what,
      @JsonInclude @Nullable String department,
      @Nullable String departmentName) {}

  static ReceiptAnswer of(Receipt receipt, City city) {
    Receipt.Holder holder = receipt.department();
    Channel channel = receipt.inquiry().channel();
    String number = receipt.inquiry().receiptNumber();
    return new ReceiptAnswer(
        number == null ? "" : Answers.grouped(number),
        city.id(),
        channel.wireName(),
        receipt.inquiry().category(),
        local(receipt.inquiry().receivedAt(), city),
        receipt.state().word(),
        holder == null ? null : holder.id(),
        holder == null ? null : holder.name(),
        receipt.dueAt() == null ? null : local(receipt.dueAt(), city),
        receipt.answer(),
        receipt.answer() == null || receipt.correction() == null
            ? null
            : local(receipt.correction().at(), city),
        receipt.rating() == null ? null : receipt.rating().score(),
        receipt.history().stream().map(it -> entry(it, city)).toList());
  }

  private static Entry entry(Receipt.Entry it, City city) {
    Receipt.Holder holder = it.department();
    return new Entry(
        local(it.at(), city),
        it.what(),
        holder == null ? null : holder.id(),
        holder == null ? null : holder.name());
  }

  static OffsetDateTime local(@Nullable Instant at, City city) {
    if (at == null) {
      throw new IllegalArgumentException("a receipt has the time of its receipt");
    }
    return at.atZone(city.timeZone()).toOffsetDateTime();
  }
}

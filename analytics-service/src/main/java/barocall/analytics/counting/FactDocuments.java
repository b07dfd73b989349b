package barocall.analytics.counting;

import barocall.analytics.counting.Counting.Delivery;
import barocall.analytics.facts.Fact;
import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Origin;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event;
import barocall.contract.WireName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How an inquiry's facts lie in the store. Names are short: they are written once a fact. */
final class FactDocuments {
  /** Who ended an inquiry was a number at first: its place here. */
  private static final List<By> NUMBERED = List.of(By.AGENT, By.DEPARTMENT, By.RULE);

  private FactDocuments() {}

  /** Fails where a record says something that cannot be counted or written. */
  static void check(Delivery delivery) {
    Event event = delivery.event();
    write(
        InquiryFacts.unknown(event.about(), event.cityId())
            .with(Fact.of(event, new Origin(event.topic().wireName(), delivery.offset()))));
  }

  static Document write(InquiryFacts inquiry) {
    List<Document> facts = new ArrayList<>(inquiry.facts().size());
    for (Fact fact : inquiry.facts()) {
      Document document =
          new Document("k", fact.key())
              .append("p", fact.origin().partition())
              .append("o", fact.origin().offset())
              .append("t", fact.kind().name())
              .append("s", fact.step())
              .append("a", Date.from(fact.at()));
      put(document, "ch", fact.channel() == null ? null : fact.channel().wireName());
      put(document, "ca", fact.category());
      put(document, "de", fact.department());
      put(document, "ag", fact.agent());
      put(document, "w", fact.word());
      put(document, "fl", fact.flag());
      put(document, "ws", fact.waitSeconds());
      put(document, "hs", fact.handleSeconds());
      put(document, "n", fact.number());
      put(document, "by", fact.by() == null ? null : fact.by().wireName());
      put(document, "due", fact.dueAt() == null ? null : Date.from(fact.dueAt()));
      facts.add(document);
    }
    return new Document("_id", inquiry.inquiryId())
        .append("c", inquiry.city())
        .append("v", inquiry.version())
        .append("f", facts);
  }

  static InquiryFacts read(Document document) {
    List<Fact> facts = new ArrayList<>();
    for (Document fact : document.getList("f", Document.class)) {
      facts.add(
          new Fact(
              fact.getString("k"),
              new Origin(fact.getString("p"), number(fact, "o")),
              Fact.Kind.valueOf(fact.getString("t")),
              (int) number(fact, "s"),
              fact.getDate("a").toInstant(),
              fact.getString("ch") == null
                  ? null
                  : WireName.find(Channel.class, fact.getString("ch")).orElse(Channel.OTHER),
              fact.getString("ca"),
              fact.getString("de"),
              fact.getString("ag"),
              fact.getString("w"),
              fact.getBoolean("fl"),
              fact.getInteger("ws"),
              fact.getInteger("hs"),
              isNumberedEnd(fact) ? null : fact.getInteger("n"),
              by(fact),
              instant(fact.getDate("due"))));
    }
    return new InquiryFacts(
        document.getString("_id"), document.getString("c"), number(document, "v"), facts);
  }

  private static @Nullable By by(Document fact) {
    return isNumberedEnd(fact)
        ? NUMBERED.get(fact.getInteger("n"))
        : fact.getString("by") == null
            ? null
            : WireName.find(By.class, fact.getString("by")).orElse(null);
  }

  /** Written before who ended an inquiry was written by name. */
  private static boolean isNumberedEnd(Document fact) {
    return Fact.Kind.RESOLVED.name().equals(fact.getString("t")) && fact.containsKey("n");
  }

  static long number(Document document, String field) {
    return ((Number) document.get(field)).longValue();
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static void put(Document document, String field, @Nullable Object value) {
    if (value != null) {
      document.append(field, value);
    }
  }
}

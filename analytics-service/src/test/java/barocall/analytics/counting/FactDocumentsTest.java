package barocall.analytics.counting;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.analytics.Inquiries;
import barocall.analytics.facts.Fact;
import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Origin;
import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryEvent;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactDocumentsTest {
  private static final Inquiry INQUIRY =
      Inquiries.inquiry("i", Channel.WEB, "roads", Inquiries.NOON);

  @Test
  void whatIsWrittenIsRead() {
    List<InquiryEvent> events = new ArrayList<>();
    events.addAll(Inquiries.answeredCall("i", Inquiries.NOON));
    events.addAll(Inquiries.complaint("i", Inquiries.NOON));
    events.addAll(Inquiries.history("i", Inquiries.NOON));
    InquiryFacts inquiry = InquiryFacts.unknown("i", "gyeongju");
    for (int i = 0; i < events.size(); i++) {
      inquiry = inquiry.with(Fact.of(events.get(i), new Origin("t-0", i)));
    }
    assertThat(FactDocuments.read(FactDocuments.write(inquiry))).isEqualTo(inquiry);
  }

  /** The names are the contract's, so that no order of constants decides who ended an inquiry. */
  @ParameterizedTest
  @CsvSource({"AGENT, agent, 0", "DEPARTMENT, department, 1", "RULE, rule, 2"})
  void whoEndedAnInquiryIsWrittenByNameAndReadFromItsNumberToo(By by, String name, int number) {
    InquiryFacts inquiry =
        InquiryFacts.unknown("i", "gyeongju")
            .with(
                Fact.of(
                    Inquiries.resolved(INQUIRY, Inquiries.NOON, 2, by, null, false),
                    new Origin("t-0", 0)));
    Document written = FactDocuments.write(inquiry);
    Document fact = written.getList("f", Document.class).get(0);
    assertThat(fact).containsEntry("by", name).doesNotContainKey("n");

    fact.remove("by");
    fact.append("n", number);
    assertThat(FactDocuments.read(written)).isEqualTo(inquiry);
  }
}

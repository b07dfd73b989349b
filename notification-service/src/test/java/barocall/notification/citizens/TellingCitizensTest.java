package barocall.notification.citizens;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.By;
import barocall.contract.Channel;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.CallReceived;
import barocall.contract.Event.Contact;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.How;
import barocall.notification.Catcher.Caught;
import barocall.notification.MailServer;
import barocall.notification.NotificationStack;
import barocall.notification.cases.Cases;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TellingCitizensTest extends NotificationStack {
  private static final Instant WEDNESDAY_EVENING = Instant.parse("2026-11-25T11:00:00Z");

  @Autowired private Cases cases;

  @Test
  void citizenIsToldAtReceiptAndAtTheEndByMail(CapturedOutput log) {
    Inquiry inquiry = inquiry();
    say(received(inquiry, contact(null, "hong@example.org")));
    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(1));

    say(answeredByRule(inquiry, 1), answeredByRule(inquiry, 1));

    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(2));
    MimeMessage receipt = MAIL.mails(inFours(inquiry)).get(0);
    MimeMessage end = MAIL.mails(inFours(inquiry)).get(1);
    assertThat(MailServer.header(receipt, "To")).isEqualTo("hong@example.org");
    assertThat(MailServer.subject(receipt)).contains("민원이 접수되었습니다");
    String link =
        "http://127.0.0.1:8081/receipts/"
            + inFours(inquiry)
            + "?token="
            + vault().receiptNumbers().token(inquiry.inquiryId());
    assertThat(MailServer.body(receipt)).contains(link).doesNotContain("홍길동", "패였습니다");
    assertThat(MailServer.subject(end)).contains("답변드렸습니다");
    assertThat(MailServer.body(end)).contains(link).doesNotContain("평일 9시");
    assertThat(MailServer.header(end, "Message-ID"))
        .isEqualTo("<inquiry-resolved/" + inquiry.inquiryId() + "/1@barocall.localhost>");
    assertThat(MailServer.header(end, "In-Reply-To"))
        .isEqualTo(MailServer.header(receipt, "Message-ID"));
    assertThat(log).doesNotContain("홍길동");
  }

  @Test
  void textMessagesGoToNumbersThatCitizensWroteDown() {
    Inquiry inquiry = inquiry(Channel.SMS);
    WEB.refuse("/sms", 1);
    say(received(inquiry, contact("010-1234-5678", null)));

    until(() -> assertThat(texts(inquiry)).hasSizeGreaterThanOrEqualTo(1));
    until(() -> assertThat(texts(inquiry)).hasSize(2));
    assertThat(texts(inquiry))
        .extracting(Caught::body)
        .allSatisfy(
            body ->
                assertThat(body)
                    .contains(
                        "\"010-1234-5678\"",
                        "\"reference\":\"call-received/" + inquiry.inquiryId() + "/0\"",
                        "/receipts/" + inFours(inquiry)));
  }

  @Test
  void whatIsPutRightIsToldOnceMore() {
    Inquiry inquiry = inquiry(Channel.WEB);
    say(
        received(inquiry, contact(null, "right@example.org")),
        answeredByRule(inquiry, 1),
        new AnswerCorrected(inquiry, CLOCK.instant(), 1, 1, "agent-1", "열 시까지입니다."),
        new AnswerCorrected(inquiry, CLOCK.instant(), 1, 2, "agent-1", "아홉 시까지입니다."));

    until(
        () ->
            assertThat(MAIL.mails(inFours(inquiry)))
                .filteredOn(mail -> MailServer.subject(mail).contains("답변을 바로잡았습니다"))
                .hasSize(2)
                .allSatisfy(
                    mail ->
                        assertThat(MailServer.body(mail))
                            .contains("/receipts/" + inFours(inquiry))
                            .doesNotContain("시까지")));
  }

  @Test
  void endThatComesBeforeItsCallIsToldToo() {
    Inquiry inquiry = inquiry(Channel.MOBILE);

    say(answeredByRule(inquiry, 1), received(inquiry, contact("01012345678", null)));

    until(() -> assertThat(texts(inquiry)).hasSize(2));
  }

  @Test
  void anAddressWrittenDownLaterDoesNotTellTheReceiptAgain() {
    Inquiry inquiry = inquiry(Channel.WEB);
    say(received(inquiry, contact("010-2345-6789", null)));
    until(() -> assertThat(texts(inquiry)).hasSize(1));

    say(described(inquiry, contact(null, "later@example.org")));
    untilAnEmailIsKnown(inquiry);
    say(answeredByRule(inquiry, 2));

    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(1));
    assertThat(MailServer.subject(MAIL.mails(inFours(inquiry)).get(0))).contains("답변드렸습니다");
    assertThat(texts(inquiry)).hasSize(1);
  }

  @Test
  void whoCameByTextMessageIsToldByTextMessageWhateverElseIsKnown() {
    Inquiry inquiry = inquiry(Channel.SMS);
    say(received(inquiry, contact("010-2345-6789", "both@example.org")));
    say(answeredByRule(inquiry, 1));

    until(() -> assertThat(texts(inquiry)).hasSize(2));
    assertThat(MAIL.mails(inFours(inquiry))).isEmpty();
  }

  @Test
  void aLandlineTakesNoTextsSoItIsTheMail() {
    Inquiry inquiry = inquiry(Channel.TELEPHONE);
    say(received(inquiry, contact("054-123-4567", "landline@example.org")));

    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(1));
    assertThat(texts(inquiry)).isEmpty();
  }

  @Test
  void aCallerIsToldByTextMessageOnceADepartmentHasIt() {
    Inquiry inquiry = inquiry(Channel.TELEPHONE);
    var contact = contact("010-3456-7890", null);
    say(received(inquiry, contact));
    say(escalated(inquiry, 1, "roads", null, contact));

    until(() -> assertThat(texts(inquiry)).hasSize(1));
    assertThat(texts(inquiry).get(0).body())
        .contains("\"reference\":\"call-received/" + inquiry.inquiryId() + "/0\"");
    say(answeredByRule(inquiry, 2));
    until(() -> assertThat(texts(inquiry)).hasSize(2));
  }

  private static InquiryDescribed described(Inquiry inquiry, Contact contact) {
    return new InquiryDescribed(
        inquiry, CLOCK.instant(), 1, 1, "agent-1", null, null, null, contact);
  }

  private void untilAnEmailIsKnown(Inquiry inquiry) {
    until(
        () ->
            assertThat(cases.file(inquiry.inquiryId()).block(Duration.ofSeconds(20)))
                .satisfies(it -> assertThat(it.contact().orElseThrow().email()).isNotNull()));
  }

  @Test
  void whoIsClosedSaysWhenItWillBeRead() {
    Inquiry inquiry = inquiry();
    Contact contact = contact(null, "late@example.org");
    CallReceived open = received(inquiry, contact);
    say(
        new CallReceived(
            open.inquiry(),
            WEDNESDAY_EVENING,
            0,
            open.door(),
            null,
            null,
            null,
            true,
            open.subject(),
            open.text(),
            null,
            contact,
            null));

    until(() -> assertThat(MAIL.mails(inFours(inquiry))).hasSize(1));
    assertThat(MailServer.body(MAIL.mails(inFours(inquiry)).get(0)))
        .contains("운영시간이 아니어서")
        .contains("2026. 11. 26.(목) 08:30부터 확인합니다");
  }

  @Test
  void aCallerWhoLeftAnAddressIsToldThere() {
    Inquiry caller = inquiry(Channel.TELEPHONE);

    say(
        received(caller, contact("010-1111-3333", "caller@example.org")),
        answeredByRule(caller, 1));

    until(() -> assertThat(MAIL.mails(inFours(caller))).hasSize(2));
    assertThat(texts(caller)).isEmpty();
  }

  @Test
  void whoLeftNothingOrOnlyCalledIsToldNothing() {
    Inquiry caller = inquiry(Channel.TELEPHONE);
    Inquiry landline = inquiry(Channel.WEB);
    Inquiry nobody = inquiry(Channel.WEB);
    Inquiry last = inquiry(Channel.SMS);

    say(
        received(caller, contact("010-1111-2222", null)),
        received(landline, contact("054-123-4567", null)),
        received(nobody, null),
        answeredByRule(caller, 1),
        connected(nobody),
        received(last, contact("010-9999-8888", null)));

    until(() -> assertThat(texts(last)).hasSize(1));
    for (Inquiry inquiry : List.of(caller, landline, nobody)) {
      assertThat(texts(inquiry)).isEmpty();
      assertThat(MAIL.mails(inFours(inquiry))).isEmpty();
    }
  }

  private static InquiryResolved connected(Inquiry inquiry) {
    return new InquiryResolved(
        inquiry,
        CLOCK.instant(),
        1,
        How.CONNECTED,
        By.AGENT,
        "agent-1",
        null,
        null,
        null,
        true,
        null);
  }

  private static List<Caught> texts(Inquiry inquiry) {
    return WEB.caught("/sms", inquiry.inquiryId());
  }
}

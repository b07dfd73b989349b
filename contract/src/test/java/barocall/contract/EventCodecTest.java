package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
  static List<Event> events() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("events")
  void comesBackAsItWent(Event event) {
    ProducerRecord<String, byte[]> sent = EventCodec.encode(event, "intake-service", 6);
    assertThat(EventCodec.decode(sent.topic(), sent.headers(), sent.value())).isEqualTo(event);
  }

  @Test
  void envelopeIsACloudEventInBinaryMode() {
    ProducerRecord<String, byte[]> sent =
        EventCodec.encode(Samples.all().get(1), "intake-service", 6);
    assertThat(sent.topic()).isEqualTo("call-answered");
    assertThat(sent.key()).isEqualTo("gyeongju-c-0af1/0");
    assertThat(text(sent.headers(), "ce_specversion")).isEqualTo("1.0");
    assertThat(text(sent.headers(), "ce_id")).isEqualTo("call-answered/gyeongju-c-0af1/0");
    assertThat(text(sent.headers(), "ce_type")).isEqualTo("barocall.call-answered.v1");
    assertThat(text(sent.headers(), "ce_source")).isEqualTo("/barocall/intake-service");
    assertThat(text(sent.headers(), "content-type")).isEqualTo("application/json");
  }

  @Test
  void keysTellRepeatsWithinAStepApart() {
    assertThat(Samples.all())
        .extracting(Event::key)
        .contains(
            "gyeongju-c-0af1/1/2",
            "gyeongju-c-0af1/2/chaser-3",
            "gyeongju-c-0af1/2/email-1-given-up",
            "losangeles-h-1-877654321/0/5f2c",
            "gyeongju/agent-1/1795489445678/on-call",
            "routing-service-0/mfvq3k2a/2");
  }

  @Test
  void whatARepeatSaysStandsUnderAnotherKeySoThatCompactionKeepsTheFirst() {
    Event.CallReceived first = received(Samples.NOON, "처음 말", Samples.CONTACT);
    assertThat(key(first)).isEqualTo(key(received(Samples.NOON, "처음 말", Samples.CONTACT)));
    assertThat(List.of(received(Samples.LATER, "처음 말", Samples.CONTACT), sealedAnew(first)))
        .allSatisfy(
            repeat -> {
              assertThat(repeat.id()).isEqualTo(first.id());
              assertThat(key(repeat))
                  .startsWith("gyeongju-c-0af1/0/")
                  .isNotEqualTo(key(first))
                  .hasSameSizeAs(key(first));
            });
  }

  @Test
  void twoRatingsAndTwoReopeningsOfOneAnswerStandUnderTwoKeys() {
    Event.Inquiry inquiry = received(Samples.NOON, "말", null).inquiry();
    assertThat(
            List.of(
                new Event.SatisfactionRated(inquiry, Samples.NOON, 1, 5),
                new Event.SatisfactionRated(inquiry, Samples.NOON, 1, 1),
                new Event.InquiryReopened(inquiry, Samples.NOON, 1, "아직"),
                new Event.InquiryReopened(inquiry, Samples.LATER, 1, "아직")))
        .allSatisfy(event -> assertThat(key(event)).startsWith(event.key() + "/"))
        .extracting(EventCodecTest::key)
        .doesNotHaveDuplicates();
  }

  @Test
  void theKeyTellsNothingOfTheWords() {
    assertThat(key(received(Samples.NOON, "한 말", null)))
        .isEqualTo(key(received(Samples.NOON, "다른 말", null)));
    Event.InquiryReopened reopened =
        new Event.InquiryReopened(
            received(Samples.NOON, "말", null).inquiry(), Samples.NOON, 1, "아직");
    assertThat(key(reopened)).isEqualTo(key(reopened.erase()));
  }

  @Test
  void theMarkIsNoPartOfTheEventsOwnKey() {
    Event.InquiryReopened reopened =
        new Event.InquiryReopened(
            received(Samples.NOON, "말", null).inquiry(), Samples.NOON, 1, "아직");
    assertThat(EventCodec.withoutMark("inquiry-reopened", key(reopened))).isEqualTo(reopened.key());
    assertThat(EventCodec.withoutMark("inquiry-reopened", reopened.key()))
        .isEqualTo(reopened.key());
    assertThat(EventCodec.withoutMark("complaint-escalated", "gyeongju-c-0af1/1/2"))
        .isEqualTo("gyeongju-c-0af1/1/2");
  }

  private static Event.CallReceived sealedAnew(Event.CallReceived first) {
    return received(
        first.at(), "처음 말", new Event.Contact("c2VhbGVk", "YW5ldw", "bWFpbA", "aGFzaA"));
  }

  private static Event.CallReceived received(
      Instant at, String text, Event.@Nullable Contact contact) {
    return new Event.CallReceived(
        new Event.Inquiry("gyeongju-c-0af1", null, "gyeongju", Channel.TELEPHONE, null, at),
        at,
        0,
        Door.CALLS,
        Direction.IN,
        null,
        null,
        false,
        null,
        text,
        null,
        contact,
        null);
  }

  private static String key(Event event) {
    return EventCodec.encode(event, "intake-service", 6).key();
  }

  @Test
  void everythingAboutAnInquiryMeetsInOnePartition() {
    assertThat(Samples.all())
        .filteredOn(event -> event.about().equals("gyeongju-c-0af1"))
        .extracting(event -> EventCodec.encode(event, "x", 6).partition())
        .containsOnly(EventCodec.partition("gyeongju-c-0af1", 6));
  }

  @Test
  void anotherVersionIsRefused() {
    ProducerRecord<String, byte[]> sent = EventCodec.encode(Samples.all().get(0), "x", 6);
    sent.headers()
        .remove("ce_type")
        .add("ce_type", "barocall.call-received.v2".getBytes(StandardCharsets.UTF_8));
    assertRefused(sent.topic(), sent.headers(), sent.value());
  }

  @Test
  void anIdThatIsNotTheEventsOwnIsRefused() {
    ProducerRecord<String, byte[]> sent = EventCodec.encode(Samples.all().get(0), "x", 6);
    sent.headers()
        .remove("ce_id")
        .add("ce_id", "call-received/other/0".getBytes(StandardCharsets.UTF_8));
    assertRefused(sent.topic(), sent.headers(), sent.value());
  }

  @Test
  void nonsenseIsRefused() {
    ProducerRecord<String, byte[]> sent = EventCodec.encode(Samples.all().get(0), "x", 6);
    assertRefused(sent.topic(), new RecordHeaders(), sent.value());
    assertRefused(sent.topic(), sent.headers(), "{".getBytes(StandardCharsets.UTF_8));
    assertRefused(sent.topic(), sent.headers(), "null".getBytes(StandardCharsets.UTF_8));
    assertRefused(sent.topic(), sent.headers(), new byte[] {(byte) 0xff, 0});
    assertRefused(sent.topic(), sent.headers(), new byte[0]);
    assertRefused("somewhere-else", sent.headers(), sent.value());
  }

  @Test
  void headersWithoutValuesAreRefused() {
    for (String header : List.of("ce_specversion", "ce_id", "ce_type", "content-type")) {
      ProducerRecord<String, byte[]> sent = EventCodec.encode(Samples.all().get(0), "x", 6);
      sent.headers().remove(header).add(header, null);
      assertRefused(sent.topic(), sent.headers(), sent.value());
    }
  }

  @Test
  void aTimeThatNoCalendarHoldsIsRefused() {
    ProducerRecord<String, byte[]> sent = EventCodec.encode(Samples.all().get(14), "x", 6);
    byte[] far =
        new String(sent.value(), StandardCharsets.UTF_8)
            .replace("2026-11-24T03:04:05.678Z", "+300000000-01-01T00:00:00Z")
            .getBytes(StandardCharsets.UTF_8);
    assertRefused(sent.topic(), sent.headers(), far);
  }

  private static void assertRefused(String topic, Headers headers, byte[] value) {
    assertThatThrownBy(() -> EventCodec.decode(topic, headers, value))
        .isInstanceOf(UnreadableEventException.class);
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}

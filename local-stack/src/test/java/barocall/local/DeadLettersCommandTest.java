package barocall.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Channel;
import barocall.contract.DeadLetterTopics.Letter;
import barocall.contract.Event.Inquiry;
import barocall.contract.Event.InquiryReopened;
import barocall.contract.EventCodec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose data a letter shows is told from what it is, not from whatever its key begins with. */
class DeadLettersCommandTest {
  private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");

  @Test
  void inquiryIsTheOneOfItsKey() {
    assertThat(
            inquiries(
                letter("call-received", "gyeongju-c-1/0/0123456789abcdef", "{"),
                letter("complaint-escalated", "gyeongju-c-2/1", "")))
        .containsExactlyInAnyOrder("gyeongju-c-1", "gyeongju-c-2");
  }

  @Test
  void whatIsNoKeyOfAnInquiryNamesNone() {
    assertThat(
            inquiries(
                letter("agent-state-changed", "gyeongju/agent-1/1780000000000/on-call", "{"),
                letter("agent-state-changed", "gyeongju/7/1780000000000/on-call", "{"),
                letter("access-recorded", "routing-service-0/run/7", "{"),
                letter("call-received", "http://somewhere", "{"),
                letter("call-received", "gyeongju-c-1", "{"),
                letter("call-received", "/0", "{"),
                letter("call-received", null, "{")))
        .isEmpty();
  }

  @Test
  void whatCanBeReadIsAboutTheInquiryThatItNames() {
    var event =
        new InquiryReopened(
            new Inquiry("gyeongju-c-3", null, "gyeongju", Channel.WEB, null, NOON), NOON, 1, null);
    String json = new String(EventCodec.json(event), UTF_8);
    assertThat(
            inquiries(
                letter("inquiry-reopened", "scrambled", json),
                letter("inquiry-reopened", "gyeongju-c-4/1", json)))
        .containsExactlyInAnyOrder("gyeongju-c-3", "gyeongju-c-4");
  }

  private static List<String> inquiries(Letter... letters) {
    return List.copyOf(DeadLettersCommand.inquiries(Arrays.asList(letters)));
  }

  private static Letter letter(String topic, @Nullable String key, String value) {
    String dead = topic + ".routing-service.dead";
    return new Letter(
        topic + "-0@1",
        dead,
        "routing-service",
        "",
        "",
        null,
        new ConsumerRecord<>(dead, 0, 1, key, value.getBytes(UTF_8)));
  }
}

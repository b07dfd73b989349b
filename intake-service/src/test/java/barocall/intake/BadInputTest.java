package barocall.intake;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event;
import barocall.contract.Topic;
import barocall.kit.store.Awaiting;
import barocall.testkit.BadRecords;
import barocall.testkit.EveryDoor;
import barocall.testkit.Seed;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class BadInputTest extends IntakeStack {
  @Autowired private MongoDatabase store;

  @Value("${spring.cloud.stream.bindings.noteReceipts-in-0.destination}")
  private List<String> topics;

  @Test
  void noDoorIsBroughtDownByWhatNobodyShouldSend(CapturedOutput log) {
    Map<?, ?> answer =
        channelOf("gyeongju")
            .post()
            .uri("/api/v1/cities/gyeongju/inquiries")
            .bodyValue(Map.of("channel", "web", "text", "가로등이 꺼졌습니다."))
            .exchange()
            .expectBody(Map.class)
            .returnResult()
            .getResponseBody();
    String key = "Bearer " + credentials().keys().get("gyeongju");
    EveryDoor doors =
        new EveryDoor(address(), Seed.ofTests())
            .by(path -> key)
            .filling("receiptNumber", String.valueOf(answer.get("receiptNumber")));

    assertThat(doors.knocked(SLOWEST_BODY)).containsKeys(201, 204, 400, 401, 404);
    doors.wasAnsweredPolitely(log);
  }

  @Test
  void noRecordStopsTheReaderOrHarmsItsNeighbours() {
    new BadRecords("intake-service", Instant.parse("2025-11-24T01:00:00Z"), Seed.ofTests())
        .written(topics.stream().map(it -> Topic.find(it).orElseThrow()).toList())
        .areSurvived(this::isNoted);
  }

  private boolean isNoted(Event event) {
    String number = ((Event.InquiryEvent) event).inquiry().receiptNumber();
    var known = store.getCollection("receipts").find(eq("_id", number)).first();
    return Awaiting.result(Mono.from(known)) != null;
  }
}

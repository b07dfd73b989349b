package barocall.notification;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event;
import barocall.contract.Event.Inquiry;
import barocall.contract.Topic;
import barocall.kit.store.Awaiting;
import barocall.testkit.BadRecords;
import barocall.testkit.EveryDoor;
import barocall.testkit.Seed;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

@EnabledIfSystemProperty(named = "barocall.bad-input", matches = "true")
@ExtendWith(OutputCaptureExtension.class)
class BadInputTest extends NotificationStack {
  @Autowired private MongoDatabase store;

  @Value("${barocall.web.slowest-body}")
  private Duration slowestBody;

  @Value("${spring.cloud.stream.bindings.onEvents-in-0.destination}")
  private List<String> topics;

  @Test
  void noDoorIsBroughtDownByWhatNobodyShouldSend(CapturedOutput log) {
    Inquiry inquiry = inquiry();
    say(received(inquiry, null), escalated(inquiry, 1, "roads"));
    until(() -> assertThat(isFiled(received(inquiry, null))).isTrue());
    String user = "gyeongju-admin";
    String admin =
        EveryDoor.basic(user, String.valueOf(credentials().person(user).orElseThrow().password()));
    EveryDoor doors =
        new EveryDoor(address(), Seed.ofTests())
            .by(path -> admin)
            .filling("inquiryId", inquiry.inquiryId())
            .filling("id", "gyeongju~none");

    assertThat(doors.knocked(15, slowestBody)).containsKeys(200, 400, 401, 404);
    doors.wasAnsweredPolitely(log);
  }

  @Test
  void noRecordStopsTheReaderOrHarmsItsNeighbours() {
    new BadRecords("notification-service", CLOCK.instant(), Seed.ofTests())
        .written(topics.stream().map(it -> Topic.find(it).orElseThrow()).toList())
        .areSurvived(this::isFiled);
  }

  private boolean isFiled(Event event) {
    var known = store.getCollection("cases").find(eq("_id", event.about())).first();
    return Awaiting.result(Mono.from(known)) != null;
  }
}

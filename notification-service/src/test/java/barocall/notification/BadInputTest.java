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
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;

@ExtendWith(OutputCaptureExtension.class)
class BadInputTest extends NotificationStack {
  private static final String ALL_LETTERS_AGAIN = "/api/v1/cities/{city}/dead-letters/send-again";

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
    String admin = shown("gyeongju-admin");
    String neighbour = shown("cheonan-admin");
    // Letters of Gyeongju, which the other test leaves, would be sent again and put aside again.
    EveryDoor doors =
        new EveryDoor(address(), Seed.ofTests())
            .by(path -> path.equals(ALL_LETTERS_AGAIN) ? neighbour : admin)
            .fillingAt(ALL_LETTERS_AGAIN, "city", "cheonan")
            .filling("inquiryId", inquiry.inquiryId())
            .filling("id", "gyeongju~none");

    assertThat(doors.knocked(slowestBody)).containsKeys(200, 400, 401, 404);
    doors.wasAnsweredPolitely(log);
  }

  @Test
  void noRecordStopsTheReaderOrHarmsItsNeighbours() {
    new BadRecords("notification-service", CLOCK.instant(), Seed.ofTests())
        .written(topics.stream().map(it -> Topic.find(it).orElseThrow()).toList())
        .areSurvived(this::isFiled);
  }

  private String shown(String user) {
    return EveryDoor.basic(
        user, String.valueOf(credentials().person(user).orElseThrow().password()));
  }

  private boolean isFiled(Event event) {
    var known = store.getCollection("cases").find(eq("_id", event.about())).first();
    return Awaiting.result(Mono.from(known)) != null;
  }
}

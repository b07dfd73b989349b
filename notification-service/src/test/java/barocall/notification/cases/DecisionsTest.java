package barocall.notification.cases;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.Inquiry;
import barocall.notification.NotificationStack;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

class DecisionsTest extends NotificationStack {
  @Autowired private Cases cases;
  @Autowired private MongoDatabase database;

  /** What is left behind by a process that ended between storing a decision and sending it. */
  @Test
  void decisionThatWasStoredBeforeTheProcessEndedIsSentAndTheListFollows() {
    Inquiry inquiry = inquiry();
    var taken = new ComplaintAcknowledged(inquiry, CLOCK.instant(), 1, "roads", "gyeongju-roads");
    cases
        .change(
            inquiry.inquiryId(),
            file -> file.told(escalated(inquiry, 1, "roads")).decided(List.of(taken)))
        .then(
            Mono.from(
                database
                    .getCollection("unsent")
                    .insertOne(
                        new Document("_id", inquiry.inquiryId())
                            .append("inquiryId", inquiry.inquiryId())
                            .append("at", Date.from(CLOCK.instant().minusSeconds(61))))))
        .block(Duration.ofSeconds(20));

    assertThat(said(ComplaintAcknowledged.class, inquiry, 1)).first().isEqualTo(taken);
    until(
        () -> {
          CaseFile file = cases.file(inquiry.inquiryId()).block(Duration.ofSeconds(20));
          assertThat(file).isNotNull();
          assertThat(file.unsent()).isEmpty();
          assertThat(
                  Mono.from(
                          database
                              .getCollection("unsent")
                              .countDocuments(new Document("_id", inquiry.inquiryId())))
                      .block(Duration.ofSeconds(20)))
              .isZero();
        });
    person("gyeongju-roads")
        .get()
        .uri("/api/v1/cities/gyeongju/departments/roads/inbox?state=acknowledged")
        .exchange()
        .expectBody()
        .jsonPath("$[?(@.inquiryId=='" + inquiry.inquiryId() + "')]")
        .exists();
  }
}

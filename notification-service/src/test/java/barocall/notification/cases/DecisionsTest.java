package barocall.notification.cases;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Event.ComplaintAcknowledged;
import barocall.contract.Event.Inquiry;
import barocall.kit.events.EventPublisher;
import barocall.notification.HandClock;
import barocall.notification.NotificationStack;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Mono;

class DecisionsTest extends NotificationStack {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Autowired private Cases cases;
  @Autowired private MongoDatabase database;
  @Autowired private EventPublisher publisher;

  /** A process is stopped between reading and writing; meanwhile another one finds its name old. */
  @Test
  void decisionOfAProcessThatWasStoppedAndThenEndedIsSentAllTheSame() {
    Inquiry inquiry = inquiry();
    String id = inquiry.inquiryId();
    cases.change(id, file -> file.told(escalated(inquiry, 1, "roads"))).block(SOON);
    HandClock later = new HandClock();
    later.set(CLOCK.instant().plusSeconds(180));
    Decisions other = new Decisions(cases, List.of(), publisher, database, later);
    Watcher ends = file -> Mono.error(new IllegalStateException("ends"));
    Decisions stopped =
        new Decisions(
            stoppedOnce(cases, other.sendUnsent().then()),
            List.of(ends),
            publisher,
            database,
            CLOCK);
    var taken = new ComplaintAcknowledged(inquiry, CLOCK.instant(), 1, "roads", "gyeongju-roads");

    CaseFile stored = stopped.decide(id, file -> List.of(taken)).block(SOON);

    assertThat(stored.unsent()).containsExactly(taken);
    assertThat(said(ComplaintAcknowledged.class, inquiry, 1)).first().isEqualTo(taken);
  }

  /** Something happens between its first reading and the writing. */
  private static Cases stoppedOnce(Cases cases, Mono<Void> meanwhile) {
    AtomicBoolean was = new AtomicBoolean();
    return new Cases() {
      @Override
      public Mono<CaseFile> file(String inquiryId) {
        return cases.file(inquiryId);
      }

      @Override
      public Mono<CaseFile> change(String inquiryId, UnaryOperator<CaseFile> change) {
        return cases.change(inquiryId, change);
      }

      @Override
      public Mono<CaseFile> changeOnce(String inquiryId, UnaryOperator<CaseFile> change) {
        if (was.getAndSet(true)) {
          return cases.changeOnce(inquiryId, change);
        }
        return cases
            .file(inquiryId)
            .flatMap(
                read ->
                    meanwhile.then(
                        cases
                            .changeOnce(
                                inquiryId,
                                now -> now.version() == read.version() ? change.apply(read) : now)
                            .filter(written -> written.version() == read.version() + 1)
                            .filter(written -> !written.unsent().isEmpty())));
      }
    };
  }

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

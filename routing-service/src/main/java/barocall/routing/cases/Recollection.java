package barocall.routing.cases;

import barocall.contract.By;
import barocall.contract.Event.AnswerCorrected;
import barocall.contract.Event.Decision;
import barocall.contract.Event.InquiryDescribed;
import barocall.contract.Event.InquiryEvent;
import barocall.contract.Event.InquiryResolved;
import barocall.contract.Event.RecallRequested;
import barocall.contract.Topic;
import barocall.kit.rebuild.Batch;
import barocall.kit.rebuild.Batch.Recorded;
import barocall.kit.rebuild.Folding;
import barocall.kit.rebuild.Projection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.EnumSet;
import java.util.Set;

/**
 * Cases, desk and days as the topics tell them, routing's own decisions among it. Nothing is
 * decided here: what facts without a decision call for is decided when the service goes on.
 */
final class Recollection implements Projection {
  static final Set<Topic> TOPICS =
      EnumSet.of(
          Topic.CALL_RECEIVED,
          Topic.CALL_ANSWERED,
          Topic.CALL_ENDED,
          Topic.INQUIRY_DESCRIBED,
          Topic.INQUIRY_ASSIGNED,
          Topic.INQUIRY_RESOLVED,
          Topic.ANSWER_CORRECTED,
          Topic.COMPLAINT_ESCALATED,
          Topic.COMPLAINT_ACKNOWLEDGED,
          Topic.COMPLAINT_RETURNED,
          Topic.RECALL_REQUESTED,
          Topic.COMPLAINT_RECALLED,
          Topic.INQUIRY_REOPENED,
          Topic.SATISFACTION_RATED);

  private final Cases cases;

  Recollection(Cases cases) {
    this.cases = cases;
  }

  @Override
  public Set<Topic> topics() {
    return TOPICS;
  }

  @Override
  public void fold(Batch batch) {
    Folding.each(
        batch, records -> cases.recall(records.stream().map(Recollection::entry).toList()));
  }

  /** What people or rules decided and the broker has not got is sent when the service goes on. */
  @Override
  public void takeOver(MongoDatabase present) {
    new MongoCases(present).marked().concatMap(cases::takeOver).then().block();
  }

  private static Entry entry(Recorded record) {
    InquiryEvent event = (InquiryEvent) record.event();
    boolean ours =
        event instanceof InquiryResolved resolved
            ? resolved.by() != By.DEPARTMENT
            : event instanceof Decision
                || event instanceof InquiryDescribed
                || event instanceof AnswerCorrected
                || event instanceof RecallRequested;
    return ours ? Entry.told(event) : Entry.fact(event, record.writtenAt());
  }
}

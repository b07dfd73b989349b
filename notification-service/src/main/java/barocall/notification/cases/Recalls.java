package barocall.notification.cases;

import barocall.contract.Event.ComplaintEscalated;
import barocall.contract.Event.ComplaintRecalled;
import barocall.contract.Event.RecallRequested;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the desk gets back what it wishes back. It is decided here, on the same file as what
 * officers do, so that of a recall and an acknowledgement exactly one is done. Knows no clock, no
 * broker, no store.
 */
public final class Recalls {
  private Recalls() {}

  /**
   * The recalls that wishes call for and that are not said yet. The wish may be known before the
   * escalation: then it is granted as soon as that comes.
   */
  public static List<ComplaintRecalled> of(CaseFile file, Instant now) {
    return file.all(RecallRequested.class)
        .map(wish -> of(file, wish, now))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<ComplaintRecalled> of(CaseFile file, RecallRequested wish, Instant now) {
    return file.standing(wish.step())
        .filter(standing -> standing.state() == Standing.State.ESCALATED)
        .map(Standing::escalation)
        .map(escalation -> of(escalation, wish, now));
  }

  private static ComplaintRecalled of(
      ComplaintEscalated escalation, RecallRequested wish, Instant now) {
    return new ComplaintRecalled(
        escalation.inquiry(),
        now,
        escalation.step(),
        escalation.department(),
        wish.agent(),
        wish.reason(),
        wish.erased());
  }
}

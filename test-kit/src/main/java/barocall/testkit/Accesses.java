package barocall.testkit;

import barocall.contract.AccessCheck;
import barocall.contract.AccessKind;
import barocall.contract.Event.AccessRecorded;
import barocall.contract.EventCodec;
import barocall.contract.Topic;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the shared broker has of who saw and did what. */
public final class Accesses {
  private Accesses() {}

  /** All that names this inquiry, as it was written. */
  public static List<AccessRecorded> to(String inquiryId) {
    return all().stream().filter(it -> it.inquiryIds().contains(inquiryId)).toList();
  }

  /** Of all that names this inquiry what each was. */
  public static List<AccessKind> kindsTo(String inquiryId) {
    return to(inquiryId).stream().map(AccessRecorded::what).toList();
  }

  /**
   * What is wrong with the run to which a record belongs; whatever earlier runs left may have other
   * secrets.
   */
  public static List<String> findings(AccessRecorded one, UnaryOperator<String> seal) {
    AccessCheck check = new AccessCheck(seal);
    all().stream().filter(it -> it.run().equals(one.run())).forEach(check::add);
    return check.findings(List.of()).stream()
        .filter(it -> !it.contains("follows a record that is not there"))
        .toList();
  }

  private static List<AccessRecorded> all() {
    return Topics.shared().readAll(Topic.ACCESS_RECORDED.wireName()).stream()
        .map(it -> EventCodec.decode(it.topic(), it.headers(), it.value()))
        .map(AccessRecorded.class::cast)
        .toList();
  }
}

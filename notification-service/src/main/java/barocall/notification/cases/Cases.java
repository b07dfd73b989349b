package barocall.notification.cases;

import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Where case files are kept. A change is written only where the version is the one read. */
public interface Cases {
  /** The file, empty if the inquiry is not known. */
  Mono<CaseFile> file(String inquiryId);

  /**
   * Changes a file: reads it, applies the change, writes it unless another was faster, in which
   * case it begins anew; so the change must be pure. Nothing is written if the change gives the
   * file back as it was.
   *
   * @return the file as it then stands
   */
  Mono<CaseFile> change(String inquiryId, UnaryOperator<CaseFile> change);

  /** The same, but empty if another was faster. */
  Mono<CaseFile> changeOnce(String inquiryId, UnaryOperator<CaseFile> change);
}

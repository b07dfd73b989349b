package barocall.testkit.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What must hold whatever happens: each method says what is wrong, or null. */
public interface Promises {
  /** Of every content that a document ever has; asked once for each. */
  default @Nullable String wrongIn(String document, Object content) {
    return null;
  }

  /** Of everything that ever stands in the store at one moment; asked once for each. */
  default @Nullable String wrongIn(Documents store) {
    return null;
  }

  /** Of a process that rests while this stands in the store; asked once for each. */
  default @Nullable String wrongAtRest(Process process, Object rest, Documents store) {
    return null;
  }

  /** Of every moment. */
  default @Nullable String wrongNow(Moment moment) {
    return null;
  }

  /** The store and at what each process rests. */
  interface Moment extends Documents {
    /** Empty while the process works. */
    Optional<Object> rest(String process);
  }
}

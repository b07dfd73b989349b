package barocall.traffic;

/** Why a command can't go on, and what to do about it: one sentence that is shown as it is. */
final class TrafficException extends RuntimeException {

  TrafficException(String sentence) {
    super(sentence);
  }

  TrafficException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}

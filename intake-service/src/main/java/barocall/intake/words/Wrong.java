package barocall.intake.words;

/**
 * What is wrong with a field.
 *
 * @param field its path in the body, or the name of a header
 * @param message code of the message bundle, its arguments behind bars: {@code code|first}
 * @param tooLong whether it is only longer than allowed
 */
public record Wrong(String field, String message, boolean tooLong) {
  static Wrong of(String field, String message) {
    return new Wrong(field, message, false);
  }
}

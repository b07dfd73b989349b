package barocall.kit.process;

import org.thymeleaf.exceptions.TemplateProcessingException;

/**
 * What a failure was and where it happened, for the log, without the exceptions' messages: those
 * may quote what a citizen wrote. A template's failure quotes the template only.
 */
public final class Frames {
  private static final int CAUSES = 4;
  private static final int PLACES = 6;

  private Frames() {}

  /** In one line: the kinds, from the failure to its causes, each with the places it came by. */
  public static String of(Throwable failure) {
    var said = new StringBuilder();
    Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      said.append(depth == 0 ? "" : " caused by ").append(at.getClass().getName());
      if (at instanceof TemplateProcessingException) {
        said.append(" (").append(at.getMessage()).append(')');
      }
      StackTraceElement[] trace = at.getStackTrace();
      for (int i = 0; i < Math.min(trace.length, PLACES); i++) {
        said.append(i == 0 ? " at " : " < ").append(trace[i]);
      }
    }
    return said.toString();
  }
}

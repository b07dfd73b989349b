package barocall.kit.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/** Tells whether somebody left before they had said all or heard all: no fault of ours. */
final class ClientGone {
  private static final int CAUSES = 4;

  private ClientGone() {}

  static boolean by(Throwable error) {
    Throwable at = error;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      if (at instanceof AbortedException || isCut(at)) {
        return true;
      }
    }
    return false;
  }

  /** Neither the JDK nor Netty has a class of its own for it. */
  private static boolean isCut(Throwable error) {
    @Nullable String message = error.getMessage();
    return error instanceof IOException
        && message != null
        && (message.contains("Broken pipe") || message.contains("Connection reset"));
  }
}

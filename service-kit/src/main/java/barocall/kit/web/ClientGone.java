package barocall.kit.web;

import com.mongodb.MongoException;
import io.netty.channel.AbstractChannel;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/** Tells whether somebody left before they had said all or heard all: no fault of ours. */
final class ClientGone {
  private static final int CAUSES = 4;

  private ClientGone() {}

  static boolean by(Throwable error) {
    Throwable at = error;
    // A connection to the store or the broker that breaks is no visitor's leaving.
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      if (at instanceof MongoException || at instanceof KafkaException) {
        return false;
      }
      if (at instanceof AbortedException || isCut(at) || isClosedBefore(at)) {
        return true;
      }
    }
    return false;
  }

  /** Whose connection is gone before its answer begins, nothing but the error's place tells. */
  private static boolean isClosedBefore(Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    return error instanceof IllegalStateException
        && trace.length > 0
        && trace[0].getClassName().equals(AbstractChannel.class.getName());
  }

  /** Neither the JDK nor Netty has a class of its own for it. */
  private static boolean isCut(Throwable error) {
    @Nullable String message = error.getMessage();
    return error instanceof IOException
        && message != null
        && (message.contains("Broken pipe") || message.contains("Connection reset"));
  }
}

package barocall.kit.web;

import barocall.kit.process.Frames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

/**
 * What fails after its request was answered is said in one line without the failure's message,
 * which may quote what a citizen wrote; Reactor by itself would print all of it with its stack.
 * That a client has left is not said: whoever likes could fill the log with it.
 */
final class DroppedErrors {
  private static final Logger LOG = LoggerFactory.getLogger(DroppedErrors.class);

  DroppedErrors() {
    Hooks.onErrorDropped(
        error -> {
          if (!ClientGone.by(error)) {
            LOG.warn("Failed when nobody waited for it any more: {}", Frames.of(error));
          }
        });
  }
}

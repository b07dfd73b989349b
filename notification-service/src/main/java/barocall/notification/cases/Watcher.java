package barocall.notification.cases;

import reactor.core.publisher.Mono;

/**
 * Keeps something that follows from case files, such as a list of what is open. It may be told of
 * the same file twice, or of an older one after a newer one: it then looks again.
 */
@FunctionalInterface
public interface Watcher {
  /** Completes when all that follows from the file is written. */
  Mono<Void> changed(CaseFile file);
}

package barocall.kit.events;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.springframework.kafka.listener.ListenerMetadata;
import org.springframework.kafka.listener.OffsetAndMetadataProvider;

/**
 * Commits every position with the number of the last note that certainly stands in the store. A
 * store whose note has a smaller number does not know all that was handled, and must be an older
 * copy; a crash at any moment leaves no such thing behind.
 */
final class NotedCommits implements OffsetAndMetadataProvider {
  private volatile long note;

  /** That note stands in the store. */
  void stands(long number) {
    note = number;
  }

  @Override
  public OffsetAndMetadata provide(ListenerMetadata listener, long offset) {
    return Handled.upTo(offset, note);
  }
}

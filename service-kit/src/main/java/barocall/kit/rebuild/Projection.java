package barocall.kit.rebuild;

import barocall.contract.Topic;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.util.Set;

/**
 * All that a service keeps, as it follows from the topics. It has neither a producer nor a way to
 * send mail, so that a rebuild can tell nobody.
 */
public interface Projection {
  /** The topics that say something about what the service keeps, its own among them. */
  Set<Topic> topics();

  /**
   * Those of the topics that are delivered to the service, where it matters to {@link #fold} that
   * the service has handled a record: it is not told of others then. None, unless overridden.
   */
  default Set<Topic> delivered() {
    return Set.of();
  }

  /**
   * Takes note of some records. Batches of one partition come one after the other and once; those
   * of the same partition of other topics, in which the same inquiries are, never at the same time.
   */
  void fold(Batch batch);

  /**
   * Takes note, after all others, of some records that the service has not handled: they will be
   * delivered to it after the switch, and it does then what they call for.
   */
  default void foldUnhandled(Batch batch) {
    fold(batch);
  }

  /**
   * Takes over from the present generation what the service has promised and no topic tells yet.
   * Nobody writes there any more.
   */
  default void takeOver(MongoDatabase present) {}
}

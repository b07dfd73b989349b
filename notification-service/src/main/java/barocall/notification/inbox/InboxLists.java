package barocall.notification.inbox;

import java.util.List;
import reactor.core.publisher.Mono;

/** What stands in the inboxes: all that is open, and what was done lately. */
interface InboxLists {
  /** All that the department still has to do, the earliest due first, then by receipt. */
  Mono<List<InboxItem>> open(String city, String department);

  /**
   * What the department answered, sent back or had taken back in the last days, the latest first,
   * at most 100.
   */
  Mono<List<InboxItem>> done(String city, String department);
}

/** The inbox, by its doors and by its judgement. */
@NullMarked
package barocall.notification.inbox;

import org.jspecify.annotations.NullMarked;

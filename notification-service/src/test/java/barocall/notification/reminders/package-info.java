/** Reminders by a clock that is moved. */
@NullMarked
package barocall.notification.reminders;

import org.jspecify.annotations.NullMarked;

/** Departments are reminded before the due time and chased after it. */
@NullMarked
package barocall.notification.reminders;

import org.jspecify.annotations.NullMarked;

/** The notification service. */
@NullMarked
package barocall.notification;

import org.jspecify.annotations.NullMarked;

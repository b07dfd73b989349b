/** The notification service as a whole, with a real broker and store. */
@NullMarked
package barocall.notification;

import org.jspecify.annotations.NullMarked;

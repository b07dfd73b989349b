/** A department's inbox: what it has to do, and what its officers do about it. */
@NullMarked
package barocall.notification.inbox;

import org.jspecify.annotations.NullMarked;

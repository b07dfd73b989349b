/** Telling people outside: kept until done, tried again, given up, shown, sent again. */
@NullMarked
package barocall.notification.deliveries;

import org.jspecify.annotations.NullMarked;

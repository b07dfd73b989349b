/** Deliveries against servers that are away, refuse or hang. */
@NullMarked
package barocall.notification.deliveries;

import org.jspecify.annotations.NullMarked;

/** What citizens are told: that their inquiry was received, and that it is answered. */
@NullMarked
package barocall.notification.citizens;

import org.jspecify.annotations.NullMarked;

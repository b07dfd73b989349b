/** What citizens are told. */
@NullMarked
package barocall.notification.citizens;

import org.jspecify.annotations.NullMarked;

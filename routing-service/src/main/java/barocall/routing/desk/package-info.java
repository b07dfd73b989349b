/** The agents' desk: its doors and its page. */
@NullMarked
package barocall.routing.desk;

import org.jspecify.annotations.NullMarked;

/** How often somebody may do something in a while. */
@NullMarked
package barocall.intake.limits;

import org.jspecify.annotations.NullMarked;

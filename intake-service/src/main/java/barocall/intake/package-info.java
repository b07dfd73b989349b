/** The intake service. */
@NullMarked
package barocall.intake;

import org.jspecify.annotations.NullMarked;

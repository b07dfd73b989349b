/** A telephone call's life as the exchange tells it, and the state of the agents' telephones. */
@NullMarked
package barocall.intake.calls;

import org.jspecify.annotations.NullMarked;

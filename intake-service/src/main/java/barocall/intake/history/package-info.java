/** Past inquiries come in by the row: counted at their own times, never routed, never told. */
@NullMarked
package barocall.intake.history;

import org.jspecify.annotations.NullMarked;

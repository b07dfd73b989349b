/** What intake has accepted and the broker does not take yet, on this machine's own disk. */
@NullMarked
package barocall.intake.spool;

import org.jspecify.annotations.NullMarked;

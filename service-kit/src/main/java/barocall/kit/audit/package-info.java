/**
 * Who saw and did what: recorded before it is shown, or while the broker is away after it, as a
 * chain in which a record that is missing is noticed.
 */
@NullMarked
package barocall.kit.audit;

import org.jspecify.annotations.NullMarked;

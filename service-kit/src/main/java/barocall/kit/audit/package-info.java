/**
 * Who saw and did what: recorded before it is shown, as a chain in which nothing can be missing.
 */
@NullMarked
package barocall.kit.audit;

import org.jspecify.annotations.NullMarked;

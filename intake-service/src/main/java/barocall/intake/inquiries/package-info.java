/** Inquiries come in: read, masked, sealed, acknowledged by the broker, and only then accepted. */
@NullMarked
package barocall.intake.inquiries;

import org.jspecify.annotations.NullMarked;

/** What senders give us, read strictly: cleaned, limited, and free of identity numbers. */
@NullMarked
package barocall.intake.words;

import org.jspecify.annotations.NullMarked;

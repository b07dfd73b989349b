/** How far an inquiry is: for the citizen who quotes its receipt number, and for nobody else. */
@NullMarked
package barocall.intake.receipts;

import org.jspecify.annotations.NullMarked;

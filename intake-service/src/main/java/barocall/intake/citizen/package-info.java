/** The citizen's pages: the form, the receipt, how far it is. They work without scripts. */
@NullMarked
package barocall.intake.citizen;

import org.jspecify.annotations.NullMarked;

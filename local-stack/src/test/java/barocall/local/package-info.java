/** Tests of the local stack. */
@NullMarked
package barocall.local;

import org.jspecify.annotations.NullMarked;

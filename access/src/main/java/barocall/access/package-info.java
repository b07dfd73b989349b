/** Who may come in, and the keys that keep citizens' data. */
@NullMarked
package barocall.access;

import org.jspecify.annotations.NullMarked;

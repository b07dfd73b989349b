/**
 * How every service starts and ends: common settings, and the watch on the process that started it.
 */
@NullMarked
package barocall.kit.process;

import org.jspecify.annotations.NullMarked;

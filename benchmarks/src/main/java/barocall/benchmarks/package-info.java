/** How near the suite comes to what broker and store can do at all. */
@NullMarked
package barocall.benchmarks;

import org.jspecify.annotations.NullMarked;

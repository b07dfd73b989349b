/** A broker and a store for tests. */
@NullMarked
package barocall.testkit;

import org.jspecify.annotations.NullMarked;

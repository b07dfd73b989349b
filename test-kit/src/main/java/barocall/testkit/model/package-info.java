/** Explores every schedule of real code whose only way to the outside is a store, step by step. */
@NullMarked
package barocall.testkit.model;

import org.jspecify.annotations.NullMarked;

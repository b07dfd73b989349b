/** The routing service. */
@NullMarked
package barocall.routing;

import org.jspecify.annotations.NullMarked;

/** Finds any case of a city, open or closed, by what an agent has of it. */
@NullMarked
package barocall.routing.search;

import org.jspecify.annotations.NullMarked;

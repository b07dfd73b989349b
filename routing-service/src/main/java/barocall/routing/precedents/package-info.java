/** What agents and departments did with similar inquiries before. */
@NullMarked
package barocall.routing.precedents;

import org.jspecify.annotations.NullMarked;

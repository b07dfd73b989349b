/** The case of each inquiry: its facts, the decisions on them, stored before they are sent. */
@NullMarked
package barocall.routing.cases;

import org.jspecify.annotations.NullMarked;

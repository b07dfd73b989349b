/** What becomes of a new inquiry: the pure decision by a city's rules. */
@NullMarked
package barocall.routing.triage;

import org.jspecify.annotations.NullMarked;

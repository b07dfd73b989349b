/** Who may come in, for the administrators of a city to look after. */
@NullMarked
package barocall.analytics.people;

import org.jspecify.annotations.NullMarked;

/** What a city is, read from its file, and the legal clock. */
@NullMarked
package barocall.city;

import org.jspecify.annotations.NullMarked;

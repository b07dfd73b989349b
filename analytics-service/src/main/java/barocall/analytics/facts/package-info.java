/** What an inquiry's facts mean for the figures: pure, and the same whatever order they came in. */
@NullMarked
package barocall.analytics.facts;

import org.jspecify.annotations.NullMarked;

/** The figures of any day, week or month beside those of the one before. */
@NullMarked
package barocall.analytics.journal;

import org.jspecify.annotations.NullMarked;

/** The figures as they are asked for: totals, and rows by time and breakdown. */
@NullMarked
package barocall.analytics.figures;

import org.jspecify.annotations.NullMarked;

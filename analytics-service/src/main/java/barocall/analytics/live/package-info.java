/** What the administrator sees now: today's figures, who waits, what just happened. */
@NullMarked
package barocall.analytics.live;

import org.jspecify.annotations.NullMarked;

/** The analytics service. */
@NullMarked
package barocall.analytics;

import org.jspecify.annotations.NullMarked;

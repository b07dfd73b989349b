/** What the gauges of all services rest on. */
@NullMarked
package barocall.kit.metrics;

import org.jspecify.annotations.NullMarked;

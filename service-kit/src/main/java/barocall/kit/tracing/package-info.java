/** One id that follows an inquiry through all services: W3C trace context. */
@NullMarked
package barocall.kit.tracing;

import org.jspecify.annotations.NullMarked;

/** One machine without Docker: broker, store, catcher and services as processes. */
@NullMarked
package barocall.local;

import org.jspecify.annotations.NullMarked;

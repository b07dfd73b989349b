/** Events in and out: publisher, topics, dead letters. */
@NullMarked
package barocall.kit.events;

import org.jspecify.annotations.NullMarked;

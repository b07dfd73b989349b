/** What this service knows of each inquiry: its facts, and what they amount to. */
@NullMarked
package barocall.notification.cases;

import org.jspecify.annotations.NullMarked;

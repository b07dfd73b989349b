/**
 * What went wrong and waits for a person: messages, records put aside, and each service's state.
 */
@NullMarked
package barocall.notification.operations;

import org.jspecify.annotations.NullMarked;

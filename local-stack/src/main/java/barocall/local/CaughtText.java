package barocall.local;

import java.time.Instant;

/**
 * A text message as the gateway would have sent it.
 *
 * @param id counts the text messages that this catcher took
 * @param reference the sender's own name for it; empty if it gave none
 */
record CaughtText(long id, String to, String text, String reference, Instant at) {}

package barocall.local;

import java.time.Instant;
import java.util.Map;

/**
 * A mail as one recipient would have got it.
 *
 * @param id counts the mails that this catcher took
 * @param to the recipient of the envelope, who need not stand in the headers
 * @param text the plain text; of a mail in HTML alone, its source
 * @param headers the first of each name
 */
record CaughtMail(
    long id,
    String messageId,
    String to,
    String from,
    String subject,
    String text,
    Instant at,
    Map<String, String> headers) {}

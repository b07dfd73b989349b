package barocall.intake.inquiries;

import java.time.Instant;

/**
 * An inquiry that the broker has acknowledged.
 *
 * @param receiptNumber twelve digits
 */
public record Accepted(String inquiryId, String receiptNumber, Instant receivedAt) {}

package barocall.city;

import java.time.Instant;

/**
 * A longer period (시행령 제21조).
 *
 * @param length in the unit of the original period and no longer than it
 * @param withConsent whether the petitioner agreed, which a second extension needs
 */
public record Extension(Instant decidedAt, Period length, boolean withConsent) {}

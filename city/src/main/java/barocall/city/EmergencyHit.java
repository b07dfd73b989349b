package barocall.city;

/**
 * A word of danger to life that was found.
 *
 * @param number whom to ring, e.g. 119
 * @param word as the city file spells it, in lower case
 */
public record EmergencyHit(String number, String word) {}

package barocall.city;

/**
 * A kind of petition (민원의 종류) with the period that the law or the city gives it.
 *
 * @param clause where the period is written
 */
public record PetitionKind(String id, Text name, Period period, String clause) {}

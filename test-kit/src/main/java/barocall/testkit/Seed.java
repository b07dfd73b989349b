package barocall.testkit;

/** What chance begins with in tests: always the same, or what {@code -Dbarocall.test.seed} says. */
public final class Seed {
  private static final long USUAL = 20_261_127;

  private static final int USUAL_RANDOM_ONES = 4;

  private Seed() {}

  /** How many random inputs each door gets: a few, or what {@code -Dbarocall.test.random} says. */
  public static int randomOnes() {
    return Integer.getInteger("barocall.test.random", USUAL_RANDOM_ONES);
  }

  /** The seed; whoever fails by it says it. */
  public static long ofTests() {
    return Long.getLong("barocall.test.seed", USUAL);
  }
}

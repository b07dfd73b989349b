package barocall.traffic;

import java.util.Random;

/** How long the parts of a call took, in whole seconds. */
record CallFigures(int waitSeconds, int talkSeconds, int holdSeconds, int afterCallSeconds) {

  /** Plausible ones: most waits are short, talks last two minutes or so, one in seven is held. */
  static CallFigures plausible(Random random) {
    int wait = 1 + (int) Math.min(90, -7 * Math.log(1 - random.nextDouble()));
    int talk = (int) Math.min(1200, Math.max(15, Math.exp(4.75 + 0.6 * random.nextGaussian())));
    int hold = random.nextInt(7) == 0 ? 10 + random.nextInt(50) : 0;
    int after = 10 + random.nextInt(45);
    return new CallFigures(wait, talk, hold, after);
  }
}

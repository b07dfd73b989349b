package barocall.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/** What may happen to a running suite. Each leaves everything running and in a good mood again. */
enum Fault {
  KILLED_SERVICE {
    @Override
    String strike(Ground ground, Random random) {
      Service victim = any(random);
      ground.kill(victim.process());
      Ground.last(seconds(random, 0, 4));
      ground.start(victim.process());
      return victim.process();
    }
  },

  KILLED_TWO_SERVICES {
    @Override
    String strike(Ground ground, Random random) {
      List<Service> all = new ArrayList<>(Arrays.asList(Service.values()));
      Collections.shuffle(all, random);
      List<String> victims = all.stream().limit(2).map(Service::process).toList();
      victims.forEach(ground::kill);
      Ground.last(seconds(random, 0, 4));
      victims.forEach(ground::start);
      return String.join(" and ", victims);
    }
  },

  KILLED_BROKER {
    @Override
    String strike(Ground ground, Random random) {
      Duration away = seconds(random, 0, 8);
      ground.kill("broker");
      Ground.last(away);
      ground.start("broker");
      return "away for " + away;
    }
  },

  KILLED_STORE {
    @Override
    String strike(Ground ground, Random random) {
      Duration away = seconds(random, 0, 8);
      ground.store().kill();
      Ground.last(away);
      ground.store().start();
      return "away for " + away;
    }
  },

  CLEAN_RESTART {
    @Override
    String strike(Ground ground, Random random) {
      Service one = any(random);
      ground.stop(one.process());
      ground.start(one.process());
      return one.process();
    }
  },

  SECOND_INSTANCE {
    @Override
    String strike(Ground ground, Random random) {
      Service one = any(random);
      ground.join(one);
      Ground.last(seconds(random, 2, 6));
      boolean killed = random.nextBoolean();
      ground.leave(one, killed);
      return one.process() + " joined and " + (killed ? "was killed" : "left");
    }
  },

  /**
   * Longer than the session of its consumers, so that the other instance has taken over what it
   * holds in its hands when it goes on.
   */
  ZOMBIE {
    @Override
    String strike(Ground ground, Random random) {
      Service one = any(random);
      ground.join(one);
      Ground.last(seconds(random, 2, 5));
      ground.freeze(one.process());
      Ground.last(FROZEN);
      ground.thaw(one.process());
      Ground.last(seconds(random, 2, 5));
      ground.leave(one, false);
      return one.process() + " for " + FROZEN.toSeconds() + " s beside another";
    }
  },

  BAD_MAIL_SERVER {
    @Override
    String strike(Ground ground, Random random) {
      return inABadMood(ground.mail(), random);
    }
  },

  BAD_WEBHOOK {
    @Override
    String strike(Ground ground, Random random) {
      return inABadMood(ground.webhooks(), random);
    }
  },

  SLOW_STORE {
    @Override
    String strike(Ground ground, Random random) {
      Duration delay = Duration.ofMillis(random.nextInt(100, 700));
      ground.store().gate().delay(delay);
      Ground.last(seconds(random, 8, 15));
      ground.store().gate().delay(Duration.ZERO);
      return "each answer later by " + delay;
    }
  },

  /** Forwards or backwards, and later right again, which is a jump as well. */
  CLOCK_JUMP {
    @Override
    String strike(Ground ground, Random random) {
      Service one = any(random);
      Duration ahead = random.nextBoolean() ? JUMP : JUMP.negated();
      ground.setClock(one, ahead);
      Ground.last(seconds(random, 4, 8));
      ground.setClock(one, Duration.ZERO);
      return one.process() + " by " + ahead;
    }

    @Override
    Duration clocksDiffer() {
      return JUMP;
    }
  },

  /** Of the broker or of the store, which is started again when there is room again. */
  FULL_DISK {
    @Override
    String strike(Ground ground, Random random) {
      boolean ofStore = random.nextBoolean() && ground.store().isOnTheDisk();
      SmallDisk disk = ofStore ? ground.storeDisk() : ground.brokerDisk();
      disk.fill();
      Ground.last(seconds(random, 6, 12));
      disk.relieve();
      if (ofStore) {
        ground.store().kill();
        ground.store().start();
      } else {
        ground.stop("broker");
        ground.start("broker");
      }
      return "of the " + (ofStore ? "store" : "broker");
    }

    @Override
    Optional<String> impossible(Ground ground) {
      return ground.brokerDisk().whyNot();
    }
  },

  /** It takes connections and answers nobody, and goes on as if no time had passed. */
  FROZEN_BROKER {
    @Override
    String strike(Ground ground, Random random) {
      ground.freeze("broker");
      Ground.last(FROZEN);
      ground.thaw("broker");
      return "for " + FROZEN.toSeconds() + " s";
    }
  },

  FROZEN_STORE {
    @Override
    String strike(Ground ground, Random random) {
      ground.store().freeze();
      Ground.last(FROZEN);
      ground.store().thaw();
      return "for " + FROZEN.toSeconds() + " s";
    }
  },

  /** What intake has said yes to while the broker was away is on its own disk only. */
  KILLED_BROKER_AND_INTAKE {
    @Override
    String strike(Ground ground, Random random) {
      String intake = Service.INTAKE.process();
      ground.kill("broker");
      Ground.last(seconds(random, 0, 6));
      ground.kill(intake);
      Ground.last(seconds(random, 0, 3));
      boolean intakeFirst = random.nextBoolean();
      ground.start(intakeFirst ? intake : "broker");
      Ground.last(seconds(random, 0, 3));
      ground.start(intakeFirst ? "broker" : intake);
      return (intakeFirst ? intake : "broker") + " back first";
    }
  },

  /** Intake's own, while the broker is away; there is room again before or after it is back. */
  FULL_SPOOL {
    @Override
    String strike(Ground ground, Random random) {
      ground.kill("broker");
      Ground.last(seconds(random, 3, 6));
      ground.spoolDisk().fill();
      Ground.last(seconds(random, 5, 10));
      boolean roomFirst = random.nextBoolean();
      if (roomFirst) {
        ground.spoolDisk().relieve();
        Ground.last(seconds(random, 1, 4));
      }
      ground.start("broker");
      if (!roomFirst) {
        Ground.last(seconds(random, 3, 6));
        ground.spoolDisk().relieve();
      }
      return roomFirst ? "room again before the broker" : "the broker back before there is room";
    }

    @Override
    Optional<String> impossible(Ground ground) {
      return ground.spoolDisk().whyNot();
    }
  };

  private static final Duration FROZEN = Duration.ofSeconds(20);
  private static final Duration JUMP = Duration.ofSeconds(60);

  /** Makes it happen and ends it; says what it was in particular. */
  abstract String strike(Ground ground, Random random);

  /** Why it cannot happen here, if it cannot. */
  Optional<String> impossible(Ground ground) {
    return Optional.empty();
  }

  /** By how much the clocks of services and clients may differ in its round. */
  Duration clocksDiffer() {
    return Duration.ZERO;
  }

  /**
   * What happens in a round follows from it. Scrambled first: of neighbouring seeds {@link Random}
   * draws the same, where the number to draw from is a power of two.
   */
  static Random random(long seed, int round) {
    return new Random(new SplittableRandom(seed * 1_000_003 + round).nextLong());
  }

  static Fault drawn(Random random) {
    return values()[random.nextInt(values().length)];
  }

  /** As a command names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Fault of(String word) {
    return Arrays.stream(values())
        .filter(fault -> fault.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no fault %s; there are %s."
                        .formatted(
                            word,
                            String.join(", ", Arrays.stream(values()).map(Fault::word).toList()))));
  }

  private static String inABadMood(Receiver receiver, Random random) {
    Mood mood = Mood.values()[random.nextInt(1, Mood.values().length)];
    receiver.be(mood);
    Ground.last(seconds(random, 4, 10));
    receiver.be(Mood.WELL);
    return mood.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Service any(Random random) {
    return Service.values()[random.nextInt(Service.values().length)];
  }

  private static Duration seconds(Random random, int least, int most) {
    return Duration.ofMillis(random.nextInt(least * 1000, most * 1000));
  }
}

package barocall.traffic;

import barocall.city.Category;
import barocall.city.City;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * One day of a city's call centre, made up after published figures. Pure: the same seed gives the
 * same day.
 */
final class DemoDay {

  private static final List<String> WAYS =
      List.of("web", "web", "web", "web", "mobile", "mobile", "mobile", "sms", "fax");

  private final City city;
  private final DemoScript script;
  private final DemoScript.Load load;
  private final String name;
  private final Random random;
  private final List<Happening> happenings = new ArrayList<>();
  private final List<DemoScript.Topic> topics;

  private DemoDay(City city, DemoScript script, String name, Random random) {
    this.city = city;
    this.script = script;
    this.load = script.cities().get(city.id());
    this.name = name;
    this.random = random;
    this.topics = script.topics().stream().filter(topic -> category(topic).isPresent()).toList();
  }

  /**
   * What happens on such a day, in order.
   *
   * @param name of the day, with which the keys of its calls begin
   */
  static List<Happening> of(City city, DemoScript script, DayOfWeek day, String name, long seed) {
    DemoScript.Load load = script.cities().get(city.id());
    return of(city, script, load.callsOn(day), load.written(), name, seed);
  }

  /** A day with exactly so many calls and written inquiries. */
  static List<Happening> of(
      City city, DemoScript script, int calls, int written, String name, long seed) {
    DemoDay made =
        new DemoDay(city, script, name, new Random(seed * 31 + (city.id() + name).hashCode()));
    made.calls(calls);
    made.written(written);
    made.happenings.sort(Comparator.comparing(Happening::at));
    return List.copyOf(made.happenings);
  }

  /** An agent at a seat, free from some time on. */
  private record Seat(String agent, double freeAt) {}

  private void calls(int count) {
    PriorityQueue<Seat> seats =
        new PriorityQueue<>(Comparator.comparingDouble(Seat::freeAt).thenComparing(Seat::agent));
    double opens = seconds(script.hours().get(0).from());
    city.agents()
        .forEach(
            agent -> {
              seats.add(new Seat(agent.id(), opens));
              state(opens, agent.id(), "available");
            });
    int number = 0;
    double last = opens;
    for (double at : arrivals(count)) {
      call("%s-%05d".formatted(name, ++number), at, seats);
      last = at;
    }
    for (Seat seat : seats) {
      state(Math.max(last, seat.freeAt()) + 60, seat.agent(), "off");
    }
  }

  /** Times of calls, at random, as dense as the hour is busy. */
  private List<Double> arrivals(int count) {
    double day = script.hours().stream().mapToDouble(DemoScript.Stretch::weight).sum();
    List<Double> arrivals = new ArrayList<>(count);
    for (int call = 0; call < count; call++) {
      double drawn = random.nextDouble() * day;
      for (DemoScript.Stretch stretch : script.hours()) {
        drawn -= stretch.weight();
        if (drawn < 0) {
          double from = seconds(stretch.from());
          arrivals.add(from + random.nextDouble() * (seconds(stretch.to()) - from));
          break;
        }
      }
    }
    Collections.sort(arrivals);
    return arrivals;
  }

  private void call(String callId, double at, PriorityQueue<Seat> seats) {
    Optional<String> calling =
        random.nextInt(100) < 15 ? Optional.empty() : Optional.of(telephone());
    happenings.add(new Happening.Rings(time(at), callId, calling));
    if (random.nextDouble() >= load.answered()) {
      int wait = 4 + (int) gap(35);
      String outcome = random.nextInt(6) == 0 ? "callback" : "abandoned";
      happenings.add(new Happening.GivenUp(time(at + wait), callId, outcome, wait));
      return;
    }
    Seat seat = seats.remove();
    CallFigures figures = CallFigures.plausible(random);
    double answered = Math.max(at + figures.waitSeconds(), seat.freeAt());
    figures =
        new CallFigures(
            (int) (answered - at),
            figures.talkSeconds(),
            figures.holdSeconds(),
            figures.afterCallSeconds());
    double ended = answered + figures.talkSeconds() + figures.holdSeconds();
    double free = ended + figures.afterCallSeconds();
    String agent = seat.agent();
    Happening.Said said = said();
    double fate = random.nextDouble();
    boolean connected = fate < load.connected();
    state(Math.max(at, seat.freeAt()), agent, "ringing");
    happenings.add(new Happening.Answered(time(answered), callId, agent, figures.waitSeconds()));
    state(answered, agent, "on-call");
    double described = answered + figures.talkSeconds() * 0.7;
    happenings.add(new Happening.Described(time(described), callId, agent, said));
    happenings.add(
        new Happening.Ended(
            time(ended),
            callId,
            agent,
            figures,
            connected ? Optional.of(said.department()) : Optional.empty()));
    state(ended, agent, "after-call");
    if (!connected) {
      double decided = ended + figures.afterCallSeconds() * 0.8;
      happenings.add(
          fate < load.connected() + load.escalated()
              ? new Happening.Escalated(time(decided), callId, agent, said)
              : new Happening.Resolved(time(decided), callId, agent, said));
    }
    if (random.nextInt(40) == 0) {
      state(free, agent, "break");
      free += 180 + gap(300);
    }
    state(free, agent, "available");
    seats.add(new Seat(agent, free));
  }

  private void written(int count) {
    int number = 0;
    for (double at : arrivals(count)) {
      boolean emergency = random.nextInt(60) == 0;
      Happening.Said said = said();
      if (emergency) {
        said =
            filled(said.category(), said.department(), pick(script.emergencies()), said.answer());
      }
      Optional<Happening.Contact> contact =
          random.nextInt(5) < 2
              ? Optional.of(new Happening.Contact(pick(script.names()), telephone()))
              : Optional.empty();
      happenings.add(
          new Happening.Written(
              time(at), "%s-w%04d".formatted(name, ++number), pick(WAYS), said, contact));
    }
  }

  private Happening.Said said() {
    int all = topics.stream().mapToInt(DemoScript.Topic::weight).sum();
    int drawn = random.nextInt(all);
    for (DemoScript.Topic topic : topics) {
      drawn -= topic.weight();
      if (drawn < 0) {
        Category category = category(topic).orElseThrow();
        return filled(
            category.id(),
            Optional.ofNullable(category.department()).orElse(city.coordinatingDepartment()),
            pick(topic.words()),
            topic.answer());
      }
    }
    throw new IllegalStateException("The weights of the topics changed while one was drawn.");
  }

  private Happening.Said filled(
      String category, String department, DemoScript.Words words, String answer) {
    String place = "%s 가상길 %d".formatted(pick(load.places()), 1 + random.nextInt(80));
    String day = pick(script.days());
    return new Happening.Said(
        category,
        department,
        words.subject(),
        words.text().replace("{place}", place).replace("{day}", day),
        answer,
        new Happening.Place(
            place,
            rounded(load.latitude() + 0.03 * random.nextGaussian()),
            rounded(load.longitude() + 0.04 * random.nextGaussian())));
  }

  private Optional<Category> category(DemoScript.Topic topic) {
    return topic.categories().stream()
        .flatMap(id -> city.categories().stream().filter(known -> known.id().equals(id)))
        .findFirst();
  }

  private void state(double at, String agent, String state) {
    happenings.add(new Happening.AgentState(time(at), agent, state));
  }

  /** No subscriber has such a number. */
  private String telephone() {
    return "010-0000-%04d".formatted(random.nextInt(10_000));
  }

  private double gap(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static double rounded(double degrees) {
    return Math.round(degrees * 1e5) / 1e5;
  }

  private static double seconds(LocalTime time) {
    return time.toSecondOfDay();
  }

  private static Duration time(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}

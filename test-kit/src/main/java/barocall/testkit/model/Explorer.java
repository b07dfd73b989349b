package barocall.testkit.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through every state that any schedule of these processes leads to, the nearest ones first,
 * so that what it finds wrong comes with the shortest schedule to it.
 *
 * <p>A step is one access to one document, done or failing before it or after it; the beginning of
 * a piece of work; the crash of a host; a copy of the whole store, and that copy put back while no
 * host runs. The code is the real one, run again up to where it stood ({@link Replay}); as it knows
 * nothing but the answers that it got, a state is the documents and each process's answers, and
 * states that were seen are not gone through again.
 */
public final class Explorer {
  private static final int BEGIN = 0;
  private static final int DONE = 1;
  private static final int LOST_BEFORE = 2;
  private static final int LOST_AFTER = 3;
  private static final int CRASH = 4;
  private static final int COPY = 5;
  private static final int PUT_BACK = 6;
  private static final int EXCHANGED = 1 << 24;

  private static final int LONGEST_TOLD = 60;

  /** What a document is after it was taken away; one that never was is 0. */
  private static final Object GONE = new Object();

  private static final int NO_COPY = 0;
  private static final int COPIED = 1;
  private static final int IS_PUT_BACK = 2;

  private final List<Process> processes;
  private final List<String> hosts;
  private final Bounds bounds;
  private final Promises promises;

  private final Map<String, Integer> documents = new HashMap<>();
  private final List<@Nullable Object> contents = new ArrayList<>();
  private final Map<Object, Integer> contentIds = new HashMap<>();
  private final Set<Long> contentsSeen = new LinkedHashSet<>();
  private final List<Object> locals = new ArrayList<>();
  private final Map<Object, Integer> localIds = new HashMap<>();
  private final Map<Access, Integer> accessIds = new IdentityHashMap<>();
  private final Map<Long, Long> effects = new HashMap<>();
  private final States stores = new States();
  private final States rests = new States();
  private final States states = new States();
  private final Documents start;
  private final int alike;
  private int steps;
  private @Nullable String wrong;

  /**
   * How far to go.
   *
   * @param crashes of hosts; {@link #ANY} for any number
   * @param outages how often the store or broker cannot be reached, before an access or after it
   * @param copies whether the store is once copied and once put back
   * @param documents at most
   * @param states at most; more is a failure, not a shorter look
   */
  public record Bounds(int crashes, int outages, boolean copies, int documents, int states) {
    /** Without limit. */
    public static final int ANY = -1;
  }

  /** What was gone through. */
  public record Result(Optional<Finding> finding, int states, int steps) {}

  /** A process at work: what it began, at what it rested then, and what it was told since. */
  private static final class Standing {
    private final String role;
    private final Object rest;
    private final Work work;
    private final List<Object> answers;
    private final Map<Object, Integer> after = new HashMap<>();
    private @Nullable Access pending;

    Standing(String role, Object rest, Work work, List<Object> answers) {
      this.role = role;
      this.rest = rest;
      this.work = work;
      this.answers = answers;
    }
  }

  private record Resting(String role, Object at) {}

  private record Beginning(String role, Object rest, String work) {}

  public Explorer(List<Process> processes, Documents start, Bounds bounds, Promises promises) {
    this.processes = List.copyOf(processes);
    this.hosts = processes.stream().map(Process::host).distinct().toList();
    this.start = start;
    this.bounds = bounds;
    this.promises = promises;
    this.alike = alike();
    contents.add(null);
  }

  // A state is an array: the documents' contents, the processes' standings, crashes and outages
  // left, and if the store is copied whether it was and the copy.

  private int local(int process) {
    return bounds.documents + process;
  }

  private int crashes() {
    return bounds.documents + processes.size();
  }

  private int outages() {
    return crashes() + 1;
  }

  private int copied() {
    return outages() + 1;
  }

  /** Goes through all of it, or to the first state with something wrong. */
  public Result explore() {
    int[] first = new int[copied() + (bounds.copies ? 1 + bounds.documents : 0)];
    for (int i = 0; i < processes.size(); i++) {
      first[local(i)] = resting(processes.get(i).role(), processes.get(i).first());
    }
    first[crashes()] = bounds.crashes;
    first[outages()] = bounds.outages;
    reach(first, -1, 0);
    for (int i = 0; i < states.size(); i++) {
      if (wrong == null) {
        wrong = wrongIn(states.get(i));
      }
      if (wrong != null) {
        return new Result(Optional.of(new Finding(wrong, schedule(i))), states.size(), steps);
      }
      expand(i);
      if (wrong != null) {
        // A content that no document must have came of the last step.
        return new Result(
            Optional.of(new Finding(wrong, schedule(states.size() - 1))), states.size(), steps);
      }
      if (states.size() > bounds.states) {
        throw new IllegalStateException("more than " + bounds.states + " states");
      }
    }
    return new Result(Optional.empty(), states.size(), steps);
  }

  private void reach(int[] state, int from, int step) {
    steps++;
    boolean exchanged = exchange(state);
    states.add(state, from, exchanged ? step | EXCHANGED : step);
  }

  /** Puts two interchangeable hosts into one order; whether they were in the other. */
  private boolean exchange(int[] state) {
    if (alike == 0) {
      return false;
    }
    int first = local(0);
    for (int i = first; i < first + alike; i++) {
      if (state[i] != state[i + alike]) {
        if (state[i] < state[i + alike]) {
          return false;
        }
        for (int j = i; j < first + alike; j++) {
          int one = state[j];
          state[j] = state[j + alike];
          state[j + alike] = one;
        }
        return true;
      }
    }
    return false;
  }

  /** How many processes each of the first two hosts has, if they are interchangeable; else 0. */
  private int alike() {
    if (hosts.size() < 2) {
      return 0;
    }
    List<Process> one = processes.stream().filter(p -> p.host().equals(hosts.get(0))).toList();
    List<Process> two = processes.stream().filter(p -> p.host().equals(hosts.get(1))).toList();
    List<Process> both = new ArrayList<>(one);
    both.addAll(two);
    return processes.subList(0, both.size()).equals(both)
            && one.stream()
                .map(Process::role)
                .toList()
                .equals(two.stream().map(Process::role).toList())
        ? one.size()
        : 0;
  }

  private void expand(int from) {
    int[] state = states.get(from);
    for (int p = 0; p < processes.size() && wrong == null; p++) {
      Object local = locals.get(state[local(p)]);
      if (local instanceof Standing standing) {
        advance(from, state, p, standing);
      } else {
        List<Work> works =
            processes.get(p).works().apply(((Resting) local).at(), documentsOf(state));
        for (int w = 0; w < works.size(); w++) {
          int[] next = state.clone();
          next[local(p)] = begun(processes.get(p).role(), ((Resting) local).at(), works.get(w));
          reach(next, from, step(BEGIN, p, w));
        }
      }
    }
    if (wrong != null) {
      return;
    }
    for (int h = 0; state[crashes()] != 0 && h < hosts.size(); h++) {
      int[] next = state.clone();
      crash(next, hosts.get(h));
      next[crashes()] = less(state[crashes()]);
      reach(next, from, step(CRASH, h, 0));
    }
    if (bounds.copies && state[copied()] == NO_COPY) {
      int[] next = state.clone();
      next[copied()] = COPIED;
      System.arraycopy(state, 0, next, copied() + 1, bounds.documents);
      reach(next, from, step(COPY, 0, 0));
    }
    if (bounds.copies && state[copied()] == COPIED) {
      int[] next = state.clone();
      hosts.forEach(host -> crash(next, host));
      System.arraycopy(state, copied() + 1, next, 0, bounds.documents);
      Arrays.fill(next, copied() + 1, next.length, 0);
      next[copied()] = IS_PUT_BACK;
      reach(next, from, step(PUT_BACK, 0, 0));
    }
  }

  private void advance(int from, int[] state, int p, Standing standing) {
    Access access = pending(standing);
    int document = document(access.document());
    long effect = effect(access, document, state[document]);
    int content = (int) (effect >>> 32);
    int[] done = state.clone();
    done[document] = content;
    done[local(p)] = after(standing, contents.get((int) effect));
    reach(done, from, step(DONE, p, 0));
    if (state[outages()] != 0 && wrong == null) {
      int told = after(standing, new Replay.Away());
      int[] before = state.clone();
      before[local(p)] = told;
      before[outages()] = less(state[outages()]);
      reach(before, from, step(LOST_BEFORE, p, 0));
      if (content != state[document]) {
        int[] afterwards = before.clone();
        afterwards[document] = content;
        reach(afterwards, from, step(LOST_AFTER, p, 0));
      }
    }
  }

  private void crash(int[] state, String host) {
    for (int p = 0; p < processes.size(); p++) {
      Process process = processes.get(p);
      if (process.host().equals(host)) {
        Object local = locals.get(state[local(p)]);
        Object rest = local instanceof Standing at ? at.rest : ((Resting) local).at();
        state[local(p)] = resting(process.role(), process.crashed().apply(rest));
      }
    }
  }

  private static int less(int left) {
    return left < 0 ? left : left - 1;
  }

  private static int step(int kind, int which, int choice) {
    return kind << 16 | which << 8 | choice;
  }

  private int document(String name) {
    Integer known = documents.get(name);
    if (known != null) {
      return known;
    }
    if (documents.size() == bounds.documents) {
      throw new IllegalStateException("more than " + bounds.documents + " documents: " + name);
    }
    documents.put(name, documents.size());
    return documents.size() - 1;
  }

  /** The new content's id in the upper half, the answer's in the lower. */
  private long effect(Access access, int document, int content) {
    // Accesses are objects of their standings, which are kept, so that they are told apart by
    // identity.
    long key = (long) accessId(access) << 32 | content;
    Long known = effects.get(key);
    if (known == null) {
      Object before = content == 0 ? start.content(access.document()) : contents.get(content);
      Access.Effect effect = access.on(before == GONE ? null : before);
      Object stays = effect.content();
      int after =
          Objects.equals(stays, before == GONE ? null : before)
              ? content
              : contentId(stays == null ? GONE : stays);
      if (after != content
          && stays != null
          && contentsSeen.add((long) document << 32 | after)
          && wrong == null) {
        wrong = promises.wrongIn(access.document(), stays);
      }
      known = (long) after << 32 | contentId(effect.answer());
      effects.put(key, known);
    }
    return known;
  }

  private int accessId(Access access) {
    return accessIds.computeIfAbsent(access, a -> accessIds.size());
  }

  private int contentId(Object content) {
    return contentIds.computeIfAbsent(
        content,
        c -> {
          contents.add(c);
          return contents.size() - 1;
        });
  }

  private int localId(Object local) {
    locals.add(local);
    return locals.size() - 1;
  }

  private int resting(String role, Object at) {
    return localIds.computeIfAbsent(new Resting(role, at), this::localId);
  }

  private int begun(String role, Object rest, Work work) {
    Beginning beginning = new Beginning(role, rest, work.name());
    Integer known = localIds.get(beginning);
    if (known == null) {
      known = stood(new Standing(role, rest, work, List.of()));
      localIds.put(beginning, known);
    }
    return known;
  }

  private int after(Standing standing, Object answer) {
    Integer known = standing.after.get(answer);
    if (known == null) {
      List<Object> answers = new ArrayList<>(standing.answers);
      answers.add(answer);
      known =
          stood(
              new Standing(
                  standing.role,
                  standing.rest,
                  standing.work,
                  Collections.unmodifiableList(answers)));
      standing.after.put(answer, known);
    }
    return known;
  }

  /** Runs it to its next access, or to its end and what comes then. */
  private int stood(Standing standing) {
    Replay replay = Replay.of(standing.answers);
    Work.Ended ended = standing.work.code().apply(replay);
    if (ended == null) {
      standing.pending = replay.pending();
      return localId(standing);
    }
    Object then = standing.work.then().apply(ended);
    return then instanceof Work next
        ? begun(standing.role, standing.rest, next)
        : resting(standing.role, then);
  }

  private static Access pending(Standing standing) {
    return Objects.requireNonNull(standing.pending);
  }

  private @Nullable Object contentOf(int[] state, String document) {
    Integer index = documents.get(document);
    if (index == null || state[index] == 0) {
      return start.content(document);
    }
    Object content = contents.get(state[index]);
    return content == GONE ? null : content;
  }

  private Documents documentsOf(int[] state) {
    return document -> contentOf(state, document);
  }

  private @Nullable String wrongIn(int[] state) {
    Documents store = documentsOf(state);
    String found = promises.wrongNow(new Now(state));
    if (found == null && stores.add(Arrays.copyOf(state, bounds.documents), 0, 0)) {
      found = promises.wrongIn(store);
    }
    for (int p = 0; found == null && p < processes.size(); p++) {
      if (locals.get(state[local(p)]) instanceof Resting resting) {
        int[] here = Arrays.copyOf(state, bounds.documents + 1);
        here[bounds.documents] = state[local(p)];
        if (rests.add(here, 0, 0)) {
          found = promises.wrongAtRest(processes.get(p), resting.at(), store);
        }
      }
    }
    return found;
  }

  private final class Now implements Promises.Moment {
    private final int[] state;

    Now(int[] state) {
      this.state = state;
    }

    @Override
    public @Nullable Object content(String document) {
      return contentOf(state, document);
    }

    @Override
    public Optional<Object> rest(String process) {
      for (int p = 0; p < processes.size(); p++) {
        if (processes.get(p).name().equals(process)) {
          return locals.get(state[local(p)]) instanceof Resting resting
              ? Optional.of(resting.at())
              : Optional.empty();
        }
      }
      throw new IllegalArgumentException(process);
    }
  }

  private List<String> schedule(int last) {
    List<Integer> way = new ArrayList<>();
    for (int i = last; states.parent(i) >= 0; i = states.parent(i)) {
      way.add(i);
    }
    Collections.reverse(way);
    List<String> schedule = new ArrayList<>();
    boolean exchanged = false;
    for (int i : way) {
      schedule.add(told(states.get(states.parent(i)), states.step(i), exchanged));
      exchanged ^= (states.step(i) & EXCHANGED) != 0;
    }
    return schedule;
  }

  /** Which process, host or other that is when the interchangeable hosts were exchanged. */
  private int named(int process) {
    return process < alike ? process + alike : process < 2 * alike ? process - alike : process;
  }

  private String told(int[] before, int step, boolean exchanged) {
    int which = step >>> 8 & 0xff;
    int kind = step >>> 16 & 0xff;
    if (kind == CRASH) {
      return hosts.get(exchanged && which < 2 ? 1 - which : which) + " crashes";
    }
    if (kind == COPY) {
      return "the store is copied";
    }
    if (kind == PUT_BACK) {
      return "everything is stopped and the copy put back";
    }
    String name = processes.get(exchanged ? named(which) : which).name();
    Object local = locals.get(before[local(which)]);
    if (local instanceof Resting resting) {
      List<Work> works = processes.get(which).works().apply(resting.at(), documentsOf(before));
      return name + " begins to " + works.get(step & 0xff).name();
    }
    Access access = pending((Standing) local);
    int document = document(access.document());
    Object answer =
        Objects.requireNonNull(contents.get((int) effect(access, document, before[document])));
    return name
        + " "
        + access
        + switch (kind) {
          case LOST_BEFORE -> ": the store is away and has not got it";
          case LOST_AFTER -> ": done, but the answer is lost";
          default -> ": " + shortened(answer.toString());
        };
  }

  private static String shortened(String answer) {
    return answer.length() <= LONGEST_TOLD ? answer : answer.substring(0, LONGEST_TOLD) + "...";
  }
}

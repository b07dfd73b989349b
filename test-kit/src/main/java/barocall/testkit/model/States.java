package barocall.testkit.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** States that were seen, each once, with the step that first led to it. */
final class States {
  private static final int FIRST_SIZE = 1 << 16;

  private final List<int[]> states = new ArrayList<>();
  private int[] parents = new int[FIRST_SIZE];
  private int[] steps = new int[FIRST_SIZE];
  private int[] table = new int[FIRST_SIZE * 2];

  int size() {
    return states.size();
  }

  int[] get(int index) {
    return states.get(index);
  }

  int parent(int index) {
    return parents[index];
  }

  int step(int index) {
    return steps[index];
  }

  /** Whether it is new. */
  boolean add(int[] state, int parent, int step) {
    int place = place(state);
    if (table[place] != 0) {
      return false;
    }
    if (states.size() == parents.length) {
      grow();
      place = place(state);
    }
    parents[states.size()] = parent;
    steps[states.size()] = step;
    states.add(state);
    table[place] = states.size();
    return true;
  }

  private int place(int[] state) {
    int hash = Arrays.hashCode(state) * 0x9E3779B9;
    int place = (hash ^ hash >>> 15) & (table.length - 1);
    while (table[place] != 0 && !Arrays.equals(states.get(table[place] - 1), state)) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private void grow() {
    parents = Arrays.copyOf(parents, parents.length * 2);
    steps = Arrays.copyOf(steps, steps.length * 2);
    table = new int[parents.length * 2];
    for (int i = 0; i < states.size(); i++) {
      table[place(states.get(i))] = i + 1;
    }
  }
}

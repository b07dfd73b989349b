package barocall.intake.history;

import java.util.Arrays;
import java.util.List;

/**
 * Which rows came as they are: 64 bits of each, in two generations of tables that grow as needed,
 * so that it holds the last one to two million rows in at most 32 MB. What it has forgotten is
 * merely said again.
 */
final class Remembered {
  private static final int SMALLEST = 1 << 12;
  private static final int FULL = 1_000_000;
  private static final int LARGEST = 1 << 21;

  private long[] young = new long[SMALLEST];
  private int size;
  private long[] old = new long[0];

  synchronized boolean contains(long fingerprint) {
    return isIn(young, fingerprint) || isIn(old, fingerprint);
  }

  synchronized void addAll(List<Long> fingerprints) {
    for (long fingerprint : fingerprints) {
      add(fingerprint);
    }
  }

  private void add(long fingerprint) {
    if (contains(fingerprint)) {
      return;
    }
    if (size >= FULL) {
      old = young;
      young = new long[SMALLEST];
      size = 0;
    } else if (size * 2 >= young.length && young.length < LARGEST) {
      long[] smaller = young;
      young = new long[young.length * 2];
      Arrays.stream(smaller).filter(it -> it != 0).forEach(it -> put(young, it));
    }
    put(young, fingerprint);
    size++;
  }

  private static void put(long[] table, long fingerprint) {
    table[slot(table, fingerprint)] = fingerprint;
  }

  private static boolean isIn(long[] table, long fingerprint) {
    return table.length > 0 && table[slot(table, fingerprint)] != 0;
  }

  /** Where it is, or the free place where it would be; there always is one. */
  private static int slot(long[] table, long fingerprint) {
    int at = (int) (fingerprint & (table.length - 1));
    while (table[at] != 0 && table[at] != fingerprint) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  /** 64 bits of an event's id, never 0; FNV-1a, as its revision is a digest already. */
  static long fingerprint(String eventId) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < eventId.length(); i++) {
      hash = (hash ^ eventId.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}

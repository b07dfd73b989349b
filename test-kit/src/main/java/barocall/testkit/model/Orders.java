package barocall.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every order of some things. */
public final class Orders {
  private Orders() {}

  /** Shows each order once; how many there were. */
  public static <T> int each(List<T> things, Consumer<List<T>> order) {
    return each(new ArrayList<>(things), 0, order);
  }

  private static <T> int each(List<T> things, int from, Consumer<List<T>> order) {
    if (from >= things.size() - 1) {
      order.accept(List.copyOf(things));
      return 1;
    }
    int orders = 0;
    for (int i = from; i < things.size(); i++) {
      java.util.Collections.swap(things, from, i);
      orders += each(things, from + 1, order);
      java.util.Collections.swap(things, from, i);
    }
    return orders;
  }
}

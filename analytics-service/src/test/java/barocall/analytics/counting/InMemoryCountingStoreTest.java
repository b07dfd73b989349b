package barocall.analytics.counting;

import java.util.List;
import java.util.Map;

class InMemoryCountingStoreTest extends CountingStoreContract {
  @Override
  CountingStore store() {
    return new InMemoryCountingStore();
  }

  @Override
  Map<String, Map<String, Long>> amounts(CountingStore store) {
    return ((InMemoryCountingStore) store).amounts();
  }

  @Override
  List<String> open(CountingStore store) {
    return List.copyOf(((InMemoryCountingStore) store).open().keySet());
  }
}

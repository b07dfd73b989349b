package barocall.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Does what {@link LooksAtStoreUse} says. */
final class StoreUseCheck implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    Set<String> readWhole = Set.of(test.getAnnotation(LooksAtStoreUse.class).readWhole());
    assertThat(StoreUse.commands()).as("commands to the store").containsKey("find");
    assertThat(StoreUse.wrongConcerns()).as("commands without the right concern").isEmpty();
    if (StoreUse.isProfiled()) {
      assertThat(StoreUse.scans(readWhole)).as("queries without an index").isEmpty();
      assertThat(StoreUse.detours()).as("queries that read far more than they give").isEmpty();
    } else {
      System.out.println(
          "Tests skipped: no real MongoDB is at hand to tell whether the queries of "
              + test.getSimpleName()
              + " have indexes");
    }
  }
}

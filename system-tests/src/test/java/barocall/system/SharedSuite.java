package barocall.system;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Starts the suite at its first use, gives it to the tests, and shows its logs when one fails. */
final class SharedSuite implements ParameterResolver, TestWatcher {
  private static final Namespace HERE = Namespace.create(SharedSuite.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Suite.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Suite.class, first -> Suite.start(), Suite.class);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    Suite suite = context.getRoot().getStore(HERE).get(Suite.class, Suite.class);
    if (suite != null) {
      System.err.println(
          "%s failed. The logs end with:%n%s".formatted(context.getDisplayName(), suite.logs()));
    }
  }
}

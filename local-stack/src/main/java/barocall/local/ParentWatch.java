package barocall.local;

import java.util.Optional;

/** Ends this process when the one that started it is gone, so that none is left unnoticed. */
final class ParentWatch {
  private ParentWatch() {}

  /** Watches the process that {@code BAROCALL_PARENT} names, if any. */
  static void begin() {
    Optional<String> parent = Home.given("BAROCALL_PARENT");
    if (parent.isEmpty()) {
      return;
    }
    long pid = Long.parseLong(parent.get());
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      end(pid);
    } else {
      process.get().onExit().thenRun(() -> end(pid)).exceptionally(ParentWatch::failed);
    }
  }

  private static Void failed(Throwable e) {
    throw new IllegalStateException("Cannot watch the process that started this one", e);
  }

  private static void end(long pid) {
    System.err.println("Process " + pid + ", which started this one, is gone: ending as well.");
    System.exit(1);
  }
}

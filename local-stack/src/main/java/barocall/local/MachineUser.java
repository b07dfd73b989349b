package barocall.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who calls a command, as the machine knows it and not as they say themselves. */
final class MachineUser {
  /** On Linux it belongs to whom the process belongs to, whatever the environment says. */
  private static final Path SELF = Path.of("/proc/self");

  private static final int ROOT = 0;

  private MachineUser() {}

  /** The machine's user; of one who became root by sudo, who they were. */
  static String name() {
    return name(uid(), owner(), Home.given("SUDO_USER"));
  }

  /**
   * Only root can have been made so by sudo: in anybody else's environment that name is their own
   * invention.
   *
   * @param uid null where the machine does not tell it; then nobody is believed to be root
   */
  static String name(@Nullable Integer uid, String owner, Optional<String> sudo) {
    return uid != null && uid == ROOT ? sudo.orElse(owner) : owner;
  }

  private static @Nullable Integer uid() {
    try {
      return Files.getAttribute(SELF, "unix:uid") instanceof Integer uid ? uid : null;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
      return null;
    }
  }

  private static String owner() {
    try {
      return Files.getOwner(SELF).getName();
    } catch (IOException | UnsupportedOperationException unknown) {
      return System.getProperty("user.name", "unknown");
    }
  }
}

package barocall.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says whether a port is free and, on Linux, which process has it. */
final class PortOwners {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  private PortOwners() {}

  static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process that listens on the port, where this user may see it. */
  static Optional<ProcessHandle> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      sockets.addAll(listening(PROC.resolve(table), port));
    }
    if (sockets.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.allProcesses().filter(process -> holds(process, sockets)).findFirst();
  }

  private static Set<String> listening(Path table, int port) {
    String end = ":%04X".formatted(port);
    Set<String> sockets = new HashSet<>();
    try (Stream<String> lines = Files.lines(table)) {
      lines
          .map(line -> line.trim().split("\\s+"))
          .filter(parts -> parts.length > 9)
          .filter(parts -> parts[1].toUpperCase(Locale.ROOT).endsWith(end))
          .filter(parts -> parts[3].equals(LISTENING))
          .forEach(parts -> sockets.add("socket:[" + parts[9] + "]"));
    } catch (IOException e) {
      return Set.of();
    }
    return sockets;
  }

  private static boolean holds(ProcessHandle process, Set<String> sockets) {
    Path folder = PROC.resolve(Long.toString(process.pid())).resolve("fd");
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> sockets.contains(target(file)));
    } catch (IOException | UncheckedIOException e) {
      // Another user's process, or one that ended meanwhile.
      return false;
    }
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "";
    }
  }
}

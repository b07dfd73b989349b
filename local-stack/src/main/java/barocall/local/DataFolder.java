package barocall.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything that one installation keeps: credentials, the broker's and the store's data, logs. */
final class DataFolder {
  private static final String MARKER = ".barocall";
  private static final String SETTINGS = "barocall.yml";
  private static final String LOCK = ".lock";
  private static final Set<String> MAY_BE_THERE_BEFORE =
      Set.of(SETTINGS, "credentials.json", "credentials.json.lock");
  private static final Set<PosixFilePermission> FOR_OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path path;

  DataFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  Path path() {
    return path;
  }

  Path credentials() {
    return path.resolve("credentials.json");
  }

  Path logs() {
    return path.resolve("logs");
  }

  Path log(String process) {
    return logs().resolve(process + ".log");
  }

  Path broker() {
    return path.resolve("broker");
  }

  Path embeddedStore() {
    return path.resolve("store");
  }

  Path mongod() {
    return path.resolve("mongod");
  }

  Path catcher() {
    return path.resolve("catcher");
  }

  private Path state() {
    return path.resolve("stack.json");
  }

  /** Makes the folder or recognises it as Barocall's own; refuses any other. */
  void prepare() {
    if (readContainers().isPresent()) {
      throw new LaunchException(
          "%s belongs to the installation in containers; name another folder with --data."
              .formatted(path));
    }
    prepareForContainers();
  }

  /** The same for an installation in containers, which is not refused its own. */
  void prepareForContainers() {
    try {
      Files.createDirectories(path);
      if (!isOwn()) {
        if (!isNew()) {
          throw new LaunchException(
              "%s is not empty and not a data folder of Barocall; name another one with --data."
                  .formatted(path));
        }
        Files.writeString(
            path.resolve(MARKER), "This folder holds the data of Barocall; back it up whole.\n");
      }
      Files.createDirectories(logs());
      keepForOwner();
      if (!Files.isWritable(path) || !Files.isWritable(logs())) {
        throw new AccessDeniedException(path.toString());
      }
    } catch (AccessDeniedException e) {
      throw notWritable(e);
    } catch (FileAlreadyExistsException e) {
      throw new LaunchException(
          "%s is a file and no folder; name another data folder with --data.".formatted(path), e);
    } catch (IOException e) {
      throw new LaunchException(
          "The data folder %s cannot be used (%s); name another one with --data."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** What citizens wrote is in there: nobody else is to read it. */
  private void keepForOwner() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (Stream<Path> parts = Files.list(path)) {
      for (Path folder :
          Stream.concat(Stream.of(path), parts.filter(Files::isDirectory)).toList()) {
        if (!Files.getPosixFilePermissions(folder).equals(FOR_OWNER)) {
          Files.setPosixFilePermissions(folder, FOR_OWNER);
        }
      }
    }
  }

  boolean isOwn() {
    return Files.exists(path.resolve(MARKER));
  }

  private boolean isNew() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(file -> MAY_BE_THERE_BEFORE.contains(file.getFileName().toString()));
    }
  }

  /** Empties the folder, all but the lock that the caller holds and what people set by hand. */
  void empty() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        boolean stays =
            file.equals(path)
                || file.equals(logs())
                || file.equals(path.resolve(LOCK))
                || file.equals(path.resolve(MARKER))
                || file.equals(path.resolve(SETTINGS))
                // A supervisor in the background is writing to it.
                || file.equals(log(Detached.LOG));
        if (!stays) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new LaunchException(
          "The data folder %s cannot be emptied (%s); remove it by hand."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** Takes the folder for one stack, until the process ends. */
  Lock lock() {
    try {
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        String by =
            readState().map(state -> " (process " + state.supervisor().pid() + ")").orElse("");
        throw new LaunchException(
            "Barocall is already running on %s%s; stop it first with %s, or give this one a folder and ports of its own with --data and --port-base."
                .formatted(path, by, command("down")));
      }
      return new Lock(channel);
    } catch (AccessDeniedException e) {
      throw notWritable(e);
    } catch (IOException e) {
      throw new LaunchException(
          "The data folder %s cannot be locked (%s).".formatted(path, e.getMessage()), e);
    }
  }

  /** A command of the launcher for this folder, to be shown to people. */
  String command(String words) {
    return path.getFileName().toString().equals("var")
        ? "./barocall " + words
        : "./barocall " + words + " --data " + path;
  }

  Optional<StackState> readState() {
    return read(false, StackState.class);
  }

  /** What an installation in containers left here. */
  Optional<ContainerState> readContainers() {
    return read(true, ContainerState.class);
  }

  /** What is asked of processes is asked of containers by other commands. */
  void refuseContainers(String commands) {
    if (readContainers().isPresent()) {
      throw new LaunchException(
          "%s is the folder of an installation in containers; use docker compose %s."
              .formatted(path, commands));
    }
  }

  private <S> Optional<S> read(boolean containers, Class<S> type) {
    if (Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try {
      JsonNode state = JSON.readTree(Files.readAllBytes(state()));
      return state.path("containers").asBoolean(false) == containers
          ? Optional.of(JSON.treeToValue(state, type))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | JacksonException e) {
      throw new LaunchException(
          "%s cannot be read; end the processes of Barocall by hand and remove that file."
              .formatted(state()),
          e);
    }
  }

  void writeState(StackState state) {
    write(state);
  }

  void writeContainers(ContainerState state) {
    write(state);
  }

  private void write(Object state) {
    try {
      Path fresh = Files.createTempFile(path, ".stack", ".new");
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      }
      Files.write(fresh, JSON.writeValueAsBytes(state));
      Files.move(
          fresh, state(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LaunchException("%s cannot be written (%s).".formatted(state(), e.getMessage()), e);
    }
  }

  void removeState() {
    try {
      Files.deleteIfExists(state());
    } catch (IOException e) {
      throw new LaunchException("%s cannot be removed (%s).".formatted(state(), e.getMessage()), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private LaunchException notWritable(IOException e) {
    return new LaunchException(
        "There is no permission to write to %s; give it to the user %s, or name another data folder with --data."
            .formatted(path, System.getProperty("user.name")),
        e);
  }

  /** Holds the folder while it is open. */
  record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

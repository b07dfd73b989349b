package barocall.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which store the stack uses: the server that {@code MONGODB_URI} names; else a real mongod, from
 * {@code MONGOD} or on the {@code PATH}; else the embedded one.
 *
 * @param mongod the program, of the kind mongod
 * @param uri the server's address, of the kind given
 */
record StoreChoice(Kind kind, @Nullable Path mongod, @Nullable String uri) {
  enum Kind {
    GIVEN("given"),
    MONGOD("mongod"),
    EMBEDDED("embedded");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static StoreChoice make(DataFolder folder) {
    Optional<String> given = Home.given("MONGODB_URI");
    if (given.isPresent()) {
      return new StoreChoice(Kind.GIVEN, null, given.get());
    }
    Optional<String> named = Home.given("MONGOD");
    if (named.isPresent()) {
      Path program = Path.of(named.get());
      if (!Files.isExecutable(program)) {
        throw new LaunchException(
            "MONGOD names %s, which is no program; correct it or unset it.".formatted(program));
      }
      return new StoreChoice(Kind.MONGOD, program, null);
    }
    // Whoever installs a mongod later must not lose sight of what the embedded store holds.
    boolean staysEmbedded = Files.exists(folder.embeddedStore()) && !Files.exists(folder.mongod());
    return onPath("mongod")
        .filter(program -> !staysEmbedded)
        .map(program -> new StoreChoice(Kind.MONGOD, program, null))
        .orElse(new StoreChoice(Kind.EMBEDDED, null, null));
  }

  /** What people are told about it. */
  String sentence() {
    return switch (kind) {
      case GIVEN -> "the MongoDB that MONGODB_URI names";
      case MONGOD -> "mongod (%s), a replica set of one on loopback".formatted(mongod);
      case EMBEDDED ->
          "embedded: good for trying out and for a small centre; for more install MongoDB, or name"
              + " a server by MONGODB_URI";
    };
  }

  static Optional<Path> onPath(String program) {
    return Stream.of(Home.given("PATH").orElse("").split(Pattern.quote(File.pathSeparator)))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

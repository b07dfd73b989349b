package barocall.local;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The processes of one stack and where they find each other.
 *
 * @param foundations the broker, the store and the catcher, as far as they are ours; in the order
 *     of their start
 * @param services the four services
 * @param traffic of a demonstration, which needs the services
 * @param others makes one more instance of a service
 */
record Plan(
    Ports ports,
    StoreChoice store,
    String kafka,
    String mongodb,
    String mail,
    List<Child> foundations,
    List<Child> services,
    List<FastStart> fastStarts,
    List<Child> traffic,
    Others others) {

  static final String BROKER = "broker";
  static final String STORE = "store";
  static final String CATCHER = "catcher";
  static final List<String> SERVICES =
      List.of("intake-service", "routing-service", "notification-service", "analytics-service");

  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final List<String> JAVA_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dfile.encoding=UTF-8",
          "-Dsun.stdout.encoding=UTF-8",
          "-Dsun.stderr.encoding=UTF-8");
  private static final Pattern USER_OF_ADDRESS = Pattern.compile("^([a-z+]+://)[^/]*@");
  private static final Pattern SECRET_OPTION =
      Pattern.compile(
          "([?&](?:[^=&]*password|authMechanismProperties)=)[^&]*", Pattern.CASE_INSENSITIVE);
  private static final String CLEAN_STOP = "5s";

  /** Eight weeks: a day is compared with the last eight of its kind. */
  private static final String PAST_DAYS = "57";

  static Plan make(Home home, DataFolder folder, Ports ports, boolean demo) {
    return new Maker(home, folder, ports, demo).plan();
  }

  /** Makes what was not planned: one more instance of a service, from 1. */
  @FunctionalInterface
  interface Others {
    Child make(String service, int instance);
  }

  Stream<Child> all() {
    return Stream.of(foundations, services, traffic).flatMap(List::stream);
  }

  /** The process of that name, or of that name without {@code -service}. */
  Child child(String name) {
    return all()
        .filter(child -> child.name().equals(name) || child.name().equals(name + "-service"))
        .findFirst()
        .orElseThrow(
            () ->
                LaunchException.wrongUsage(
                    "There is no process %s; there are %s."
                        .formatted(name, String.join(", ", all().map(Child::name).toList()))));
  }

  /**
   * One more instance of the service of that name.
   *
   * @throws LaunchException if it is no service
   */
  Child another(String name, int instance) {
    Child first = child(name);
    if (!services.contains(first)) {
      throw LaunchException.wrongUsage(
          "There is one %s, and no more instances of it.".formatted(name));
    }
    return others.make(first.name(), instance);
  }

  /** The store's address as it may be shown: without the user and the secrets in it. */
  String shownMongodb() {
    return withoutSecrets(mongodb);
  }

  static String withoutSecrets(String uri) {
    String anonymous = USER_OF_ADDRESS.matcher(uri).replaceFirst("$1");
    return SECRET_OPTION.matcher(anonymous).replaceAll("$1…");
  }

  private static List<String> javaOptions(int megabytes) {
    var options = new ArrayList<>(JAVA_OPTIONS);
    options.add("-Xmx" + megabytes + "m");
    return options;
  }

  private static final class Maker {
    private final Home home;
    private final DataFolder folder;
    private final Ports ports;
    private final boolean demo;
    private final StoreChoice store;
    private final List<Child> foundations = new ArrayList<>();
    private final List<FastStart> fastStarts = new ArrayList<>();

    Maker(Home home, DataFolder folder, Ports ports, boolean demo) {
      this.home = home;
      this.folder = folder;
      this.ports = ports;
      this.demo = demo;
      this.store = StoreChoice.make(folder);
    }

    Plan plan() {
      String kafka = broker();
      String mongodb = store();
      String mail = catcher();
      Map<String, String> environment = environment(kafka, mongodb, mail);
      var services = new ArrayList<Child>();
      for (String name : SERVICES) {
        FastStart fastStart = fastStart(name, environment);
        fastStarts.add(fastStart);
        services.add(service(name, 0, environment, fastStart));
      }
      List<Child> traffic = demo ? List.of(traffic(environment)) : List.of();
      return new Plan(
          ports,
          store,
          kafka,
          mongodb,
          mail,
          foundations,
          services,
          fastStarts,
          traffic,
          (name, instance) ->
              service(name, instance, environment, fastStarts.get(SERVICES.indexOf(name))));
    }

    private String broker() {
      var given = Home.given("KAFKA_BOOTSTRAP_SERVERS");
      if (given.isPresent()) {
        return given.get();
      }
      String address = "127.0.0.1:" + ports.broker();
      foundations.add(
          own(
              BROKER,
              400,
              ports.broker(),
              Health.kafka(address),
              List.of(
                  "--directory",
                  folder.broker().toString(),
                  "--port",
                  Integer.toString(ports.broker()),
                  "--controller-port",
                  Integer.toString(ports.controller()))));
      return address;
    }

    private String store() {
      return switch (store.kind()) {
        case GIVEN -> String.valueOf(store.uri());
        case MONGOD -> mongod();
        case EMBEDDED -> embedded();
      };
    }

    private String embedded() {
      String uri = "mongodb://127.0.0.1:" + ports.store() + "/";
      foundations.add(
          own(
              STORE,
              700,
              ports.store(),
              Health.mongo(uri),
              List.of(
                  "--directory",
                  folder.embeddedStore().toString(),
                  "--port",
                  Integer.toString(ports.store()))));
      return uri;
    }

    private String mongod() {
      var replicaSet = new ReplicaSet(ports.store());
      foundations.add(
          child(
              new Child.Recipe(
                  STORE,
                  Mongod.command(String.valueOf(store.mongod()), folder.mongod(), ports.store()),
                  Map.of(),
                  ports.store(),
                  0,
                  replicaSet,
                  PATIENCE)));
      return replicaSet.uri();
    }

    private String catcher() {
      URI page = URI.create("http://127.0.0.1:" + ports.catcher() + "/");
      var options =
          new ArrayList<>(
              List.of(
                  "--directory",
                  folder.catcher().toString(),
                  "--port",
                  Integer.toString(ports.catcher()),
                  "--smtp-port",
                  Integer.toString(ports.smtp())));
      if (demo) {
        options.add("--demo");
      }
      foundations.add(
          own(CATCHER, 128, ports.catcher(), Health.http(page.resolve("/health")), options));
      return page.toString();
    }

    /** A process that this launcher itself is. */
    private Child own(String name, int megabytes, int port, Health health, List<String> options) {
      var command = new ArrayList<>(Home.self(javaOptions(megabytes)));
      command.addAll(List.of("serve", name));
      command.addAll(options);
      return child(new Child.Recipe(name, command, Map.of(), port, 0, health, PATIENCE));
    }

    private FastStart fastStart(String name, Map<String, String> common) {
      var command = new ArrayList<String>();
      command.add(Home.java());
      command.addAll(javaOptions(384));
      return new FastStart(
          home.jar(name),
          command,
          of(name, 0, common),
          folder.log(name + ".fast-start"),
          new InUse(home));
    }

    private Child service(
        String name, int instance, Map<String, String> common, FastStart fastStart) {
      int port = ports.service(SERVICES.indexOf(name), instance);
      URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health");
      var recipe =
          new Child.Recipe(
              name,
              fastStart::command,
              of(name, instance, common),
              port,
              instance,
              Health.http(health),
              PATIENCE);
      return new Child(recipe, folder.log(instance == 0 ? name : name + "-" + instance));
    }

    private Map<String, String> of(String name, int instance, Map<String, String> common) {
      var environment = new HashMap<>(common);
      environment.put(
          "SERVER_PORT", Integer.toString(ports.service(SERVICES.indexOf(name), instance)));
      environment.put("BAROCALL_INSTANCE", Integer.toString(instance));
      return environment;
    }

    private Child traffic(Map<String, String> common) {
      var command = new ArrayList<>(Home.self(javaOptions(192)));
      command.addAll(
          List.of(
              "demo",
              "--past",
              PAST_DAYS,
              "--data",
              folder.path().toString(),
              "--port-base",
              Integer.toString(ports.base())));
      return child(new Child.Recipe("demo", command, common, 0, 0, Health.alive(), PATIENCE));
    }

    private Child child(Child.Recipe recipe) {
      return new Child(recipe, folder.log(recipe.name()));
    }

    private Map<String, String> environment(String kafka, String mongodb, String mail) {
      var environment = new HashMap<String, String>();
      environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
      environment.put("MONGODB_URI", mongodb);
      environment.put("BAROCALL_CREDENTIALS", folder.credentials().toString());
      environment.put("BAROCALL_CITIES", home.cities().toString());
      environment.put("BAROCALL_FORMATS", home.formats().toString());
      environment.put("BAROCALL_DATA", folder.path().toString());
      environment.put("BAROCALL_DEMO", Boolean.toString(demo));
      environment.put("SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", CLEAN_STOP);
      // What may be set otherwise: people's browsers may come by another name, mails may be real.
      unlessGiven(environment, "BAROCALL_URLS_INTAKE", url(ports.intake()));
      unlessGiven(environment, "BAROCALL_URLS_ROUTING", url(ports.routing()));
      unlessGiven(environment, "BAROCALL_URLS_NOTIFICATION", url(ports.notification()));
      unlessGiven(environment, "BAROCALL_URLS_ANALYTICS", url(ports.analytics()));
      if (Home.given("BAROCALL_MAIL_HOST").isEmpty()) {
        environment.put("BAROCALL_MAIL_HOST", "127.0.0.1");
        environment.put("BAROCALL_MAIL_PORT", Integer.toString(ports.smtp()));
      }
      unlessGiven(environment, "BAROCALL_SMS_URL", mail + "sms");
      return environment;
    }

    private static void unlessGiven(Map<String, String> environment, String name, String value) {
      if (Home.given(name).isEmpty()) {
        environment.put(name, value);
      }
    }

    private static String url(int port) {
      return "http://127.0.0.1:" + port;
    }
  }
}

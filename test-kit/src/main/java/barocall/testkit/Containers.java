package barocall.testkit;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * The backends as containers, which end with the JVM; the profile {@code containers} asks for them.
 */
final class Containers {
  private static final String KAFKA = "apache/kafka:4.2.1";
  private static final String MONGODB = "mongo:8.0";

  private Containers() {}

  /** Whether the build asks for containers. */
  static boolean areWanted() {
    return "containers".equals(System.getProperty("barocall.test.backends"));
  }

  static String kafka() {
    requireEngine();
    var kafka = new KafkaContainer(KAFKA);
    kafka.start();
    return kafka.getBootstrapServers();
  }

  static String mongodb() {
    requireEngine();
    var mongodb = new MongoDBContainer(MONGODB).withReplicaSet();
    mongodb.start();
    return mongodb.getConnectionString();
  }

  private static void requireEngine() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "The profile containers needs a Docker engine, and none answers: start one, name it by"
              + " DOCKER_HOST, or build without -Pcontainers.");
    }
  }
}

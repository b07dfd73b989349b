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
    var kafka = new KafkaContainer(KAFKA);
    kafka.start();
    return kafka.getBootstrapServers();
  }

  static String mongodb() {
    var mongodb = new MongoDBContainer(MONGODB).withReplicaSet();
    mongodb.start();
    return mongodb.getConnectionString();
  }

  /**
   * Asked before the backends are.
   *
   * @throws IllegalStateException with one sentence where containers are wanted and cannot be had
   */
  static void requireEngine() {
    if (areWanted() && !DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "The profile containers needs a Docker engine, and none answers: start one, name it by"
              + " DOCKER_HOST, or build without -Pcontainers.");
    }
  }
}

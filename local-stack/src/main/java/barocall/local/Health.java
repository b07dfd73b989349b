package barocall.local;

import barocall.contract.BrokerSettings;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Asks a process whether it does its work; false when it does not answer within two seconds. */
@FunctionalInterface
interface Health {
  Duration PATIENCE = Duration.ofSeconds(2);

  boolean isGood() throws InterruptedException;

  /** A process that only has to be there. */
  static Health alive() {
    return () -> true;
  }

  /** Answers 200 at that address. */
  static Health http(URI address) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
    return () -> {
      try {
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException e) {
        return false;
      }
    };
  }

  /** A broker that names the nodes of its cluster. */
  static Health kafka(String bootstrapServers) {
    return kafka(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The brokers that the environment names, reached as it says. */
  static Health givenKafka() {
    return kafka(BrokerSettings.from(System::getenv));
  }

  private static Health kafka(Map<String, Object> brokers) {
    int millis = (int) PATIENCE.toMillis();
    Map<String, Object> settings = new HashMap<>(brokers);
    settings.putAll(
        Map.of(
            "request.timeout.ms",
            millis,
            "default.api.timeout.ms",
            millis,
            "reconnect.backoff.max.ms",
            500));
    return new Health() {
      private Admin admin;

      @Override
      public synchronized boolean isGood() throws InterruptedException {
        if (admin == null) {
          admin = Admin.create(settings);
        }
        try {
          return !admin
              .describeCluster()
              .nodes()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
          return false;
        }
      }
    };
  }

  /** A store that answers and takes writes. */
  static Health mongo(String uri) {
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri))
            .applyToClusterSettings(
                cluster ->
                    cluster.serverSelectionTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout((int) PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout((int) PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
            .build();
    MongoClient client = MongoClients.create(settings);
    return () -> {
      try {
        Document hello =
            Mono.from(client.getDatabase("admin").runCommand(new Document("isMaster", 1)))
                .block(PATIENCE);
        return hello != null && Boolean.TRUE.equals(hello.getBoolean("ismaster"));
      } catch (MongoException | IllegalStateException e) {
        return false;
      }
    };
  }
}

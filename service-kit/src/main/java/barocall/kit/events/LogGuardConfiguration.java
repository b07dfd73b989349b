package barocall.kit.events;

import barocall.kit.store.Fence;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets a guard on every service, after the topics are known to be there. */
@Configuration(proxyBeanMethods = false)
class LogGuardConfiguration {
  private static final int ENDED_TO_BE_STARTED_AGAIN = 3;

  @Bean
  LogGuard logGuard(
      MongoDatabase database,
      Admin admin,
      EventsConfiguration.Partitions afterTheTopicsAreThere,
      @Value("${spring.application.name}") String service,
      @Value("${spring.cloud.function.definition:}") String functions,
      Fence fence,
      NotedCommits commits,
      Clock clock) {
    return new LogGuard(
        new LogMark(database),
        admin,
        afterTheTopicsAreThere.toDo(),
        service,
        !functions.isBlank(),
        fence,
        commits,
        clock,
        () -> new Thread(() -> System.exit(ENDED_TO_BE_STARTED_AGAIN), "end").start());
  }
}

package barocall.kit.process;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the watch on the parent process where there is one. */
@Configuration(proxyBeanMethods = false)
class ProcessConfiguration {
  private static final int ENDED_BY_US = 0;

  @Bean(destroyMethod = "")
  @ConditionalOnProperty("barocall.parent")
  Thread parentWatch(@Value("${barocall.parent}") long parent) {
    return ParentWatch.start(
        new ParentWatch(
            parent,
            ParentWatch.lifeOf(parent),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            new ParentWatch.Ending() {
              @Override
              public void orderly() {
                System.exit(ENDED_BY_US);
              }

              @Override
              public void atOnce() {
                Runtime.getRuntime().halt(1);
              }
            }));
  }
}

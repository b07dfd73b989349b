package barocall.routing.cases;

import static org.assertj.core.api.Assertions.assertThat;

import barocall.contract.Topic;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** A rebuild reads what the service reads. */
class RebuiltTopicsTest {
  @Test
  void itReadsWhatIsDeliveredAndWhatTheServiceDecided() {
    Set<Topic> all = EnumSet.of(Topic.INQUIRY_ASSIGNED, Topic.COMPLAINT_ESCALATED);
    all.addAll(delivered("decideCases"));

    assertThat(Recollection.TOPICS).isEqualTo(all);
  }

  /** The topics that the settings deliver to a function. */
  private static Set<Topic> delivered(String function) {
    var settings = new YamlPropertiesFactoryBean();
    settings.setResources(new ClassPathResource("application.yml"));
    Properties all = settings.getObject();
    assertThat(all).isNotNull();
    return Arrays.stream(
            all.getProperty("spring.cloud.stream.bindings." + function + "-in-0.destination")
                .split(","))
        .map(name -> Topic.find(name).orElseThrow())
        .collect(Collectors.toSet());
  }
}

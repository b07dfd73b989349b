package barocall.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicReadingTest {
  private static final TopicPartition PARTITION = new TopicPartition("call-received", 0);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final List<String> read = new ArrayList<>();

  TopicReadingTest() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 2L));
    consumer.seekToBeginning(List.of(PARTITION));
  }

  @Test
  void readsToTheEndThatThereIs() {
    comes(0);
    comes(1);

    TopicReading.toEnd(consumer, List.of(PARTITION), it -> read.add(it.key()));

    assertThat(read).containsExactly("0", "1");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void doesNotWaitForEverForABrokerThatDied() {
    comes(0);

    assertThatThrownBy(
            () ->
                TopicReading.to(
                    consumer,
                    Map.of(PARTITION, 2L),
                    it -> read.add(it.key()),
                    Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class);
    assertThat(read).containsExactly("0");
  }

  private void comes(long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(),
            0,
            offset,
            Long.toString(offset),
            "{}".getBytes(StandardCharsets.UTF_8)));
  }
}

package barocall.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {
  @Test
  void whatIsReadIsTheVeryRecord() {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            "call-received", 3, "민원/0", "{\"a\":\"가\"}".getBytes(StandardCharsets.UTF_8));
    record.headers().add("ce_id", "call-received/민원/0".getBytes(StandardCharsets.UTF_8));
    record.headers().add("traceparent", new byte[0]).add("none", null);
    record.headers().add("ce_id", "again".getBytes(StandardCharsets.UTF_8));
    ProducerRecord<String, byte[]> read = KafkaRecords.read(KafkaRecords.written(record));
    assertThat(read.topic()).isEqualTo("call-received");
    assertThat(read.partition()).isEqualTo(3);
    assertThat(read.key()).isEqualTo("민원/0");
    assertThat(read.value()).isEqualTo(record.value());
    assertThat(read.headers()).isEqualTo(record.headers());
    assertThat(read.timestamp()).isNull();
  }

  @Test
  void whatIsMissingStaysMissing() {
    ProducerRecord<String, byte[]> read =
        KafkaRecords.read(KafkaRecords.written(new ProducerRecord<>("t", null)));
    assertThat(read).isEqualTo(new ProducerRecord<String, byte[]>("t", null));
  }

  @Test
  void halfARecordIsNone() {
    byte[] whole = KafkaRecords.written(new ProducerRecord<>("t", 1, "k", new byte[] {1, 2}));
    for (int length = 0; length < whole.length; length++) {
      byte[] half = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> KafkaRecords.read(half)).isInstanceOf(UncheckedIOException.class);
    }
  }
}

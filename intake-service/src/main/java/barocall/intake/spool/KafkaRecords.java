package barocall.intake.spool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Records to Kafka as bytes: topic, partition, key, headers and value, so that what is sent later
 * is what would have been sent at once.
 */
final class KafkaRecords {
  private static final int FORMAT = 1;
  private static final int NONE = -1;

  private KafkaRecords() {}

  static byte[] written(ProducerRecord<String, byte[]> record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (DataOutputStream to = new DataOutputStream(bytes)) {
      to.writeByte(FORMAT);
      write(to, utf8(record.topic()));
      to.writeInt(record.partition() == null ? NONE : record.partition());
      write(to, record.key() == null ? null : utf8(record.key()));
      Header[] headers = record.headers().toArray();
      to.writeInt(headers.length);
      for (Header header : headers) {
        write(to, utf8(header.key()));
        write(to, header.value());
      }
      write(to, record.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The record that {@link #written} wrote.
   *
   * @throws UncheckedIOException when it is none
   */
  static ProducerRecord<String, byte[]> read(byte[] bytes) {
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (from.readByte() != FORMAT) {
        throw new IOException("a record in another format");
      }
      String topic = text(from);
      int partition = from.readInt();
      byte[] key = read(from);
      int headers = from.readInt();
      String[] names = new String[headers];
      byte[][] values = new byte[headers][];
      for (int i = 0; i < headers; i++) {
        names[i] = text(from);
        values[i] = read(from);
      }
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(
              topic,
              partition == NONE ? null : partition,
              key == null ? null : new String(key, StandardCharsets.UTF_8),
              read(from));
      for (int i = 0; i < headers; i++) {
        record.headers().add(names[i], values[i]);
      }
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream to, byte @Nullable [] bytes) throws IOException {
    to.writeInt(bytes == null ? NONE : bytes.length);
    if (bytes != null) {
      to.write(bytes);
    }
  }

  private static byte @Nullable [] read(DataInputStream from) throws IOException {
    int length = from.readInt();
    if (length == NONE) {
      return null;
    }
    if (length < 0 || length > from.available()) {
      throw new IOException("a record that ends too soon");
    }
    return from.readNBytes(length);
  }

  private static String text(DataInputStream from) throws IOException {
    byte[] bytes = read(from);
    if (bytes == null) {
      throw new IOException("a record without a name");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

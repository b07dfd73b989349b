package barocall.kit.events;

import barocall.kit.metrics.Sampling;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many records each consumer group of this process has still to read, by topic: {@code
 * barocall_consumer_lag_records}. The broker is asked, so the figure is true while the consumer
 * waits, stands still or is gone. It is the group's: every instance of a service shows the same.
 */
public final class ConsumerLag {
  private static final Logger LOG = LoggerFactory.getLogger(ConsumerLag.class);
  private static final long SECONDS = 5;

  private final Admin admin;
  private final MeterRegistry registry;
  private final int partitions;
  private final Map<Read, Double> lags = new ConcurrentHashMap<>();

  /** A group reads a topic. */
  private record Read(String group, String topic) {}

  ConsumerLag(Admin admin, MeterRegistry registry, Sampling sampling, int partitions) {
    this.admin = admin;
    this.registry = registry;
    this.partitions = partitions;
    sampling.each(this::ask);
  }

  /** Shows from now on how far a group is behind with those topics. */
  public void watch(String group, Collection<String> topics) {
    for (String topic : topics) {
      Read read = new Read(group, topic);
      lags.putIfAbsent(read, Double.NaN);
      Gauge.builder("barocall.consumer.lag", () -> lags.getOrDefault(read, Double.NaN))
          .description("Records of a topic that a consumer group has not finished yet")
          .baseUnit("records")
          .tag("group", group)
          .tag("topic", topic)
          .register(registry);
    }
  }

  /** Records that this process's groups have still to read together; empty while unknown. */
  OptionalLong behind() {
    List<Double> known = List.copyOf(lags.values());
    return known.isEmpty() || known.stream().anyMatch(lag -> lag.isNaN())
        ? OptionalLong.empty()
        : OptionalLong.of(known.stream().mapToLong(Double::longValue).sum());
  }

  private void ask() {
    List<Read> reads = List.copyOf(lags.keySet());
    for (String group : reads.stream().map(Read::group).distinct().toList()) {
      List<Read> its = reads.stream().filter(read -> read.group().equals(group)).toList();
      try {
        lags.putAll(asked(group, its));
      } catch (ExecutionException | TimeoutException away) {
        LOG.debug("The lag of {} is not known: {}", group, away.getClass().getSimpleName());
        its.forEach(read -> lags.put(read, Double.NaN));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Map<Read, Double> asked(String group, List<Read> reads)
      throws ExecutionException, TimeoutException, InterruptedException {
    List<TopicPartition> all = new ArrayList<>();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (Read read : reads) {
      for (int partition = 0; partition < partitions; partition++) {
        TopicPartition of = new TopicPartition(read.topic(), partition);
        all.add(of);
        latest.put(of, OffsetSpec.latest());
      }
    }
    CompletionStage<Map<TopicPartition, OffsetAndMetadata>> done =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().toCompletionStage();
    CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> ends =
        admin.listOffsets(latest).all().toCompletionStage();
    return done.thenCombine(ends, (from, to) -> sums(group, all, from, to))
        .toCompletableFuture()
        .get(SECONDS, TimeUnit.SECONDS);
  }

  /** A partition that the group has never finished anything of is read from its beginning. */
  private static Map<Read, Double> sums(
      String group,
      List<TopicPartition> all,
      Map<TopicPartition, OffsetAndMetadata> done,
      Map<TopicPartition, ListOffsetsResultInfo> ends) {
    Map<Read, Double> sums = new HashMap<>();
    for (TopicPartition partition : all) {
      OffsetAndMetadata next = done.get(partition);
      ListOffsetsResultInfo end = ends.get(partition);
      long behind =
          end == null ? 0 : Math.max(0, end.offset() - (next == null ? 0 : next.offset()));
      sums.merge(new Read(group, partition.topic()), (double) behind, Double::sum);
    }
    return sums;
  }
}

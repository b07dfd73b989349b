package barocall.analytics.counting;

import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Standing;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The protocol's store as maps: each document's write is atomic, nothing else is. */
class InMemoryCountingStore implements CountingStore {
  private final Map<String, InquiryFacts> inquiries = new HashMap<>();
  private final Map<String, Standing> open = new TreeMap<>();
  private final Map<String, Long> openVersions = new HashMap<>();
  private final Map<String, Map<String, Long>> amounts = new HashMap<>();
  private final Map<String, Map<String, Long>> counted = new HashMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private final Map<String, String> topicIds = new HashMap<>();

  @Override
  public synchronized Map<String, InquiryFacts> inquiries(Collection<String> ids) {
    Map<String, InquiryFacts> found = new HashMap<>();
    for (String id : ids) {
      InquiryFacts inquiry = inquiries.get(id);
      if (inquiry != null) {
        found.put(id, inquiry);
      }
    }
    return found;
  }

  @Override
  public boolean write(List<InquiryFacts> fresh, List<InquiryFacts> grown) {
    boolean won = true;
    for (InquiryFacts inquiry : fresh) {
      won &= put(inquiry, null);
    }
    for (InquiryFacts inquiry : grown) {
      won &= put(inquiry, inquiry.version() - 1);
    }
    return won;
  }

  private synchronized boolean put(InquiryFacts inquiry, @Nullable Long version) {
    InquiryFacts stored = inquiries.get(inquiry.inquiryId());
    if (version == null ? stored != null : stored == null || stored.version() != version) {
      return false;
    }
    inquiries.put(inquiry.inquiryId(), inquiry);
    return true;
  }

  @Override
  public synchronized Map<String, Long> versions(Collection<String> ids) {
    Map<String, Long> found = new HashMap<>();
    inquiries(ids).forEach((id, inquiry) -> found.put(id, inquiry.version()));
    return found;
  }

  @Override
  public void rewriteOpen(Map<InquiryFacts, Standing> standings) {
    standings.forEach(this::rewrite);
  }

  private synchronized void rewrite(InquiryFacts inquiry, Standing standing) {
    long listed = openVersions.getOrDefault(inquiry.inquiryId(), -1L);
    if (standing.open() && listed < inquiry.version()) {
      open.put(inquiry.inquiryId(), standing);
      openVersions.put(inquiry.inquiryId(), inquiry.version());
    } else if (!standing.open() && listed <= inquiry.version()) {
      open.remove(inquiry.inquiryId());
      openVersions.remove(inquiry.inquiryId());
    }
  }

  @Override
  public synchronized Map<String, Long> openVersions() {
    return Map.copyOf(openVersions);
  }

  @Override
  public synchronized Map<String, Long> lastCounted(
      Collection<String> rollupIds, String partition) {
    Map<String, Long> last = new HashMap<>();
    for (String id : rollupIds) {
      Long offset = counted.getOrDefault(id, Map.of()).get(partition);
      if (offset != null) {
        last.put(id, offset);
      }
    }
    return last;
  }

  @Override
  public boolean add(List<Addition> additions, String partition) {
    boolean applied = true;
    for (Addition addition : additions) {
      applied &= add(addition, partition);
    }
    return applied;
  }

  private synchronized boolean add(Addition addition, String partition) {
    Map<String, Long> offsets = counted.computeIfAbsent(addition.rollupId(), id -> new HashMap<>());
    if (offsets.getOrDefault(partition, -1L) != addition.lastRead()) {
      return false;
    }
    offsets.put(partition, addition.last());
    Map<String, Long> rollup = amounts.computeIfAbsent(addition.rollupId(), id -> new TreeMap<>());
    addition.amounts().forEach((path, amount) -> rollup.merge(path, amount, Long::sum));
    return true;
  }

  @Override
  public synchronized OptionalLong position(String partition) {
    Long position = positions.get(partition);
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }

  @Override
  public synchronized void begin(String partition, String topicId, long position) {
    if (positions.putIfAbsent(partition, position) == null) {
      topicIds.put(partition, topicId);
    }
  }

  @Override
  public synchronized boolean move(String partition, long from, long to) {
    return positions.replace(partition, from, to);
  }

  @Override
  public synchronized String topicId(String partition) {
    return topicIds.getOrDefault(partition, "");
  }

  synchronized Map<String, Map<String, Long>> amounts() {
    return amounts;
  }

  synchronized Map<String, Standing> open() {
    return open;
  }
}

package barocall.analytics.counting;

import barocall.analytics.facts.InquiryFacts;
import barocall.analytics.facts.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the counting protocol needs of a store: single-document atomicity and guarded writes,
 * nothing else. Calls block the consumer's worker; each write returns only when the majority has
 * it. A store that is away throws.
 */
public interface CountingStore {
  /** The inquiries of these ids that are known. */
  Map<String, InquiryFacts> inquiries(Collection<String> ids);

  /**
   * Inserts unknown inquiries and replaces known ones, each only where the stored version is the
   * one before its own. Losers are left as they are; who calls reads again to see.
   *
   * @param fresh inquiries that were unknown, version 1
   * @param grown inquiries whose version is the read one plus 1
   * @return whether certainly none lost
   */
  boolean write(List<InquiryFacts> fresh, List<InquiryFacts> grown);

  /** The stored versions of these inquiries. */
  Map<String, Long> versions(Collection<String> ids);

  /**
   * Rewrites what is open: an entry for each inquiry that stands open, none for the others. An
   * entry of a later version is left alone.
   */
  void rewriteOpen(Map<InquiryFacts, Standing> standings);

  /** The versions that the entries of what is open were made from, by inquiry. */
  Map<String, Long> openVersions();

  /**
   * For each of these rollups the last offset of that partition that it has counted, -1 if none.
   */
  Map<String, Long> lastCounted(Collection<String> rollupIds, String partition);

  /**
   * Adds to a rollup and notes the last offset counted, only where the noted one is that which was
   * read.
   *
   * @return whether certainly each was applied
   */
  boolean add(List<Addition> additions, String partition);

  /** Where the next batch of that partition begins; empty before its first. */
  OptionalLong position(String partition);

  /** Notes the first position of a partition, if none is noted. */
  void begin(String partition, String topicId, long position);

  /** Moves it, only from there; false if it stands elsewhere. */
  boolean move(String partition, long from, long to);

  /** The id of the topic that a partition's position was noted for; empty string if unknown. */
  String topicId(String partition);

  /**
   * One guarded addition.
   *
   * @param lastRead the last offset of the partition that the rollup had counted when it was read,
   *     -1 if none
   * @param last the last offset that it has counted after this
   * @param amounts by path inside the rollup
   */
  record Addition(String rollupId, long lastRead, long last, Map<String, Long> amounts) {}
}

package barocall.routing.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What {@link Cases} needs of a store: single documents that are written as a whole, and a case
 * only where its version is the one read.
 */
interface CaseStore {
  /** The case; empty when nothing is known of the inquiry. */
  Mono<Case> find(String inquiryId);

  /**
   * Writes a case whose version is one more than the one that was read.
   *
   * @return false if somebody else wrote it meanwhile
   */
  Mono<Boolean> write(Case changed);

  /** Notes, before a case is written, that it may then have something to send. */
  Mono<Void> mark(String inquiryId, long version, Instant now);

  /** Forgets a mark. */
  Mono<Void> unmark(String inquiryId, long version);

  /** The first marks: few, as each lives only while something is being sent. */
  Flux<Mark> marks();

  /** Shows how a case waits at the desk, unless a newer picture is there. */
  Mono<Void> show(DeskItem item);

  Mono<Void> hide(String city, String inquiryId);

  Mono<Void> wake(String inquiryId, Instant at);

  /** Cases whose time has come: the entry's id and the inquiry's. */
  Flux<Waking> toWake(Instant now);

  Mono<Void> awake(Waking waking);

  /**
   * Changes what is known of a telephone's inquiries. What the change says to others is said before
   * it is written, and said again where somebody else wrote meanwhile.
   */
  Mono<Void> changeCaller(String city, String telephoneHash, Function<Caller, Mono<Caller>> change);

  /** Notes that a case came about that place; the same case again changes nothing. */
  Mono<Void> notePlace(String city, String place, Instant receivedAt, String inquiryId);

  /** Forgets that a case came about that place. */
  Mono<Void> forgetPlace(String city, String place, Instant receivedAt, String inquiryId);

  /** Notes that others can learn from how a case ended then. */
  Mono<Void> notePrecedent(String city, Instant at, String inquiryId);

  /** Forgets that. */
  Mono<Void> forgetPrecedent(String city, Instant at, String inquiryId);

  /** Notes by what a case is found; the same again changes nothing. */
  Mono<Void> noteClues(Case known, Instant receivedAt, Set<Clue> clues);

  /** Notes that this version of a case is new, for those who follow what is written. */
  Mono<Void> noteChange(Case known, Instant now);

  /** Forgets by what a case was found. */
  Mono<Void> forgetClues(Case known, Instant receivedAt, Set<Clue> clues);

  /** Notes what an agent did; the same event counts once. */
  Mono<Void> noteDeed(String city, String agent, LocalDate day, String what, String eventId);

  /** That a case may have something to send once it has that version. */
  record Mark(String inquiryId, long version, Instant at) {}

  /** An entry of the list of cases to look at. */
  record Waking(String id, String inquiryId) {}
}

package barocall.analytics.facts;

import barocall.analytics.facts.Fact.Kind;
import barocall.contract.Channel;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an inquiry stands, computed from its facts by step, never by order of arrival.
 *
 * @param open received and not closed at its last step; a reopened one is open again
 * @param state {@code received}, {@code at-desk}, {@code escalated}, {@code acknowledged} or {@code
 *     closed}
 * @param department that holds it, if one does
 * @param dueAt by when, of a complaint
 * @param queued a call that rings: neither answered nor ended yet
 */
public record Standing(
    boolean open,
    String state,
    @Nullable String department,
    @Nullable Instant dueAt,
    @Nullable Instant receivedAt,
    boolean queued) {

  /** Computes it. */
  public static Standing of(List<Fact> facts) {
    Optional<Fact> received = facts.stream().filter(f -> f.kind() == Kind.RECEIVED).findFirst();
    int last =
        facts.stream()
            .filter(
                f ->
                    f.kind() == Kind.ASSIGNED
                        || f.kind() == Kind.ESCALATED
                        || f.kind() == Kind.RESOLVED)
            .mapToInt(Fact::step)
            .max()
            .orElse(0);
    boolean closed =
        any(facts, Kind.RESOLVED, last) && !any(facts, Kind.REOPENED, last)
            || received.filter(f -> f.isHistory() && Boolean.TRUE.equals(f.flag())).isPresent();
    Optional<Fact> escalation =
        facts.stream()
            .filter(f -> f.kind() == Kind.ESCALATED)
            .max(Comparator.comparingInt(Fact::step));
    Optional<Fact> held = escalation.filter(f -> f.step() == last);
    int reopened =
        facts.stream().filter(f -> f.kind() == Kind.REOPENED).mapToInt(Fact::step).max().orElse(-1);
    String state =
        closed
            ? "closed"
            : held.isPresent()
                ? (any(facts, Kind.ACKNOWLEDGED, last) ? "acknowledged" : "escalated")
                : last > 0 ? "at-desk" : "received";
    return new Standing(
        received.isPresent() && !closed,
        state,
        held.map(Fact::department).orElse(null),
        // A reopening starts the clock anew: the due time of what it reopened is no longer of
        // account.
        escalation.filter(f -> f.step() > reopened).map(Fact::dueAt).orElse(null),
        received.map(Fact::at).orElse(null),
        received.filter(Standing::rings).isPresent()
            && facts.stream().noneMatch(f -> f.kind() == Kind.ANSWERED || f.kind() == Kind.ENDED));
  }

  private static boolean rings(Fact received) {
    return received.channel() == Channel.TELEPHONE
        && !received.isHistory()
        && !received.says(Fact.OUTGOING)
        && !received.says(Fact.BY_HAND);
  }

  private static boolean any(List<Fact> facts, Kind kind, int step) {
    return facts.stream().anyMatch(f -> f.kind() == kind && f.step() == step);
  }
}

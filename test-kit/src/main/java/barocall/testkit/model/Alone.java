package barocall.testkit.model;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a store when work is done there by one alone and nothing goes wrong. */
public final class Alone implements Documents {
  private final Documents before;
  private final Map<String, @Nullable Object> changed = new HashMap<>();

  /**
   * @param before stays as it is
   */
  public Alone(Documents before) {
    this.before = before;
  }

  /** Does the work to its end. */
  public Work.Ended does(Work work) {
    Work.Ended ended = work.code().apply(Replay.live(this::perform));
    if (ended == null) {
      throw new IllegalStateException(work.name() + " did not end");
    }
    return ended;
  }

  private Object perform(Access access) {
    Access.Effect effect = access.on(content(access.document()));
    changed.put(access.document(), effect.content());
    return effect.answer();
  }

  @Override
  public @Nullable Object content(String document) {
    return changed.containsKey(document) ? changed.get(document) : before.content(document);
  }
}

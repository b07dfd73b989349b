package barocall.routing.desk;

import barocall.routing.desk.Given.Contact;
import barocall.routing.desk.Given.Place;
import org.jspecify.annotations.Nullable;

/** What the doors of the desk take. None says its content in a log. */
final class Bodies {
  private Bodies() {}

  record Open(
      @Nullable String channel,
      @Nullable String subject,
      @Nullable String text,
      @Nullable String category,
      @Nullable Place place,
      @Nullable Contact contact) {
    @Override
    public String toString() {
      return "Open[…]";
    }
  }

  record Search(@Nullable String q) {
    @Override
    public String toString() {
      return "Search[…]";
    }
  }

  record Describe(
      @Nullable String subject,
      @Nullable String text,
      @Nullable String category,
      @Nullable Place place,
      @Nullable Contact contact) {
    @Override
    public String toString() {
      return "Describe[…]";
    }
  }

  record Resolve(@Nullable String answer, @Nullable String how) {
    @Override
    public String toString() {
      return "Resolve[…]";
    }
  }

  record Recall(@Nullable String reason) {
    @Override
    public String toString() {
      return "Recall[…]";
    }
  }

  record Correct(@Nullable String answer, @Nullable Integer seen) {
    @Override
    public String toString() {
      return "Correct[…]";
    }
  }

  record Reopen(@Nullable String reason) {
    @Override
    public String toString() {
      return "Reopen[…]";
    }
  }

  record Rate(@Nullable Integer score) {}

  record Escalate(
      @Nullable String department,
      @Nullable String reason,
      @Nullable String petitionKind,
      @Nullable String priority) {
    @Override
    public String toString() {
      return "Escalate[…]";
    }
  }
}

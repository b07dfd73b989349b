package barocall.notification.inbox;

/**
 * What an officer does with a complaint. Words are masked before they get here: no resident
 * registration number stands in them.
 */
sealed interface Action {
  /** As it stands in doors and in what is said of who was first. */
  String name();

  /** The department takes it (부서 접수). */
  record Acknowledge() implements Action {
    @Override
    public String name() {
      return "acknowledge";
    }
  }

  /** The department answers it (처리완료). */
  record Resolve(String answer) implements Action {
    @Override
    public String name() {
      return "resolve";
    }
  }

  /** The department sends it back (반송). */
  record Return(String reason) implements Action {
    @Override
    public String name() {
      return "return";
    }
  }
}

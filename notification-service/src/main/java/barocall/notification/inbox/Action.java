package barocall.notification.inbox;

import barocall.contract.AccessKind;

/**
 * What an officer does with a complaint. Words are masked before they get here: no resident
 * registration number stands in them.
 */
sealed interface Action {
  /** As it stands in doors and in what is said of who was first. */
  String name();

  /** As it stands in the record of who did what. */
  AccessKind kind();

  /** The department takes it (부서 접수). */
  record Acknowledge() implements Action {
    @Override
    public String name() {
      return "acknowledge";
    }

    @Override
    public AccessKind kind() {
      return AccessKind.ACKNOWLEDGE;
    }
  }

  /** The department answers it (처리완료). */
  record Resolve(String answer) implements Action {
    @Override
    public String name() {
      return "resolve";
    }

    @Override
    public AccessKind kind() {
      return AccessKind.RESOLVE;
    }
  }

  /** The department sends it back (반송). */
  record Return(String reason) implements Action {
    @Override
    public String name() {
      return "return";
    }

    @Override
    public AccessKind kind() {
      return AccessKind.RETURN;
    }
  }
}

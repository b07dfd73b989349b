package barocall.system;

/** How a mail server or a department's webhook behaves. */
enum Mood {
  WELL,
  /** Nobody listens. */
  REFUSES,
  /** Takes the connection and says nothing. */
  HANGS,
  /** Takes everything and says that it cannot. */
  ANSWERS_500,
  /** Takes everything and hangs up without a word. */
  CLOSES_HALF_WAY
}

package barocall.city;

/**
 * How a city reads the rules of counting where they leave a choice.
 *
 * @param koreanLaw true: counted by 민원 처리에 관한 법률, whose clauses stand in every due time; false: by
 *     targets of the city's own, which name only the clause of the petition kind
 * @param daysInHoursUpTo periods of up to so many days run in working hours (법 제19조제1항: 5); 0 for
 *     never
 * @param hoursInDay working hours that make such a day (법 제19조제1항: 8)
 * @param atOnceHours working hours that "at once" means (시행령 제19조: 3)
 * @param firstDayCounted whether the day of receipt is the first day of the period (법 제19조제2항: yes)
 * @param lateReceipt which day a receipt outside working time belongs to
 * @param dayEnd when a period in days ends on its last day
 * @param extensionStart where an extension begins
 * @param transferRestarts whether a transfer inside the agency starts the clock anew
 * @param onSiteDays what an on-site investigation is counted in
 * @param hoursMayEndAtClose true: hours that are used up exactly at the close are due at the close;
 *     false: at the next opening
 */
public record Interpretation(
    boolean koreanLaw,
    int daysInHoursUpTo,
    int hoursInDay,
    int atOnceHours,
    boolean firstDayCounted,
    LateReceipt lateReceipt,
    DayEnd dayEnd,
    ExtensionStart extensionStart,
    boolean transferRestarts,
    OnSiteDays onSiteDays,
    boolean hoursMayEndAtClose) {

  /** Which day a receipt outside working time belongs to. */
  public enum LateReceipt {
    /** The clock starts at the next working instant. */
    NEXT_WORKING_TIME,
    /** The day of receipt is the first day if it is a working day at all. */
    SAME_DAY
  }

  /** When a period in days ends. */
  public enum DayEnd {
    /** At the end of the day, 23:59:59. */
    END_OF_DAY,
    /** At the end of working time. */
    CLOSE_OF_WORK
  }

  /** Where an extension begins. */
  public enum ExtensionStart {
    /** At the due time as it was without it. */
    DUE_TIME,
    /** When it was decided. */
    DECISION
  }

  /** What the days of an on-site investigation are. */
  public enum OnSiteDays {
    /** Every day. */
    CALENDAR,
    /** Only days on which the administration works. */
    WORKING
  }

  /** The reading of Korean law that a city has unless its file says otherwise. */
  public static final Interpretation KOREAN =
      new Interpretation(
          true,
          5,
          8,
          3,
          true,
          LateReceipt.NEXT_WORKING_TIME,
          DayEnd.END_OF_DAY,
          ExtensionStart.DUE_TIME,
          false,
          OnSiteDays.CALENDAR,
          true);
}

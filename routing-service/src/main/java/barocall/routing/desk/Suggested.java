package barocall.routing.desk;

import barocall.city.City;
import barocall.contract.Event;
import barocall.routing.precedents.Masks;
import barocall.routing.precedents.Precedents.Past;
import barocall.routing.precedents.Precedents.PastAnswer;
import barocall.routing.precedents.Precedents.PastDepartment;
import barocall.routing.triage.Reason;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may help an agent with one inquiry; it is for the agent to judge.
 *
 * @param ready false while past cases are still being read, so that there may be more soon
 * @param answers what agents of the city answered to similar words, the likest first, three at most
 * @param departments who may be in charge and why, the best founded first, three at most
 */
record Suggested(boolean ready, List<Answer> answers, List<Department> departments) {
  private static final int MOST = 3;

  /**
   * A past answer.
   *
   * @param answer without telephone numbers and e-mail addresses
   * @param sameWords the words that both inquiries have
   * @param times how many of the likest were answered in the same words
   */
  record Answer(
      String inquiryId,
      @Nullable String receiptNumber,
      OffsetDateTime at,
      @Nullable String categoryName,
      @Nullable String subject,
      String answer,
      List<String> sameWords,
      int times) {
    @Override
    public String toString() {
      return "Answer[" + inquiryId + "]";
    }
  }

  record Department(String id, String name, List<Because> reasons) {}

  /**
   * Why a department.
   *
   * @param kind {@code rule}, {@code category}, {@code past} or {@code words}
   * @param text what the rule says, or the name of the category
   * @param words which words of the category stand in the inquiry
   * @param count how many of so many similar past cases the department settled
   */
  record Because(
      String kind,
      @Nullable String text,
      List<String> words,
      @Nullable Integer count,
      @Nullable Integer of) {
    static Because of(Reason reason, Locale locale) {
      return new Because(
          reason.kind().name().toLowerCase(Locale.ROOT),
          reason.text().in(locale),
          reason.words(),
          null,
          null);
    }

    static Because of(PastDepartment past) {
      return new Because("past", null, List.of(), past.count(), past.of());
    }

    private int rank() {
      return List.of("rule", "category", "past", "words").indexOf(kind);
    }
  }

  static Suggested of(Past past, List<Reason> reasons, City city, Locale locale) {
    return new Suggested(
        past.ready(),
        past.answers().stream().map(it -> answer(it, city, locale)).toList(),
        departments(past.departments(), reasons, city, locale));
  }

  private static Answer answer(PastAnswer past, City city, Locale locale) {
    Event.Inquiry inquiry = past.like().inquiry();
    return new Answer(
        inquiry.inquiryId(),
        Row.grouped(inquiry.receiptNumber()),
        past.of().at().atZone(city.timeZone()).toOffsetDateTime(),
        Row.categoryName(inquiry.category(), city, locale),
        past.like().subject() == null ? null : Masks.masked(past.like().subject()),
        past.answer(),
        past.sameWords(),
        past.times());
  }

  /** Each department once with all that speaks for it, by the best of it. */
  private static List<Department> departments(
      List<PastDepartment> past, List<Reason> reasons, City city, Locale locale) {
    List<Map.Entry<String, Because>> all = new ArrayList<>();
    reasons.forEach(it -> all.add(Map.entry(it.department(), Because.of(it, locale))));
    past.stream()
        .filter(it -> city.department(it.department()).isPresent())
        .forEach(it -> all.add(Map.entry(it.department(), Because.of(it))));
    all.sort(Comparator.comparing(it -> it.getValue().rank()));
    Map<String, List<Because>> found = new LinkedHashMap<>();
    all.forEach(
        it -> found.computeIfAbsent(it.getKey(), id -> new ArrayList<>()).add(it.getValue()));
    return found.entrySet().stream()
        .limit(MOST)
        .map(
            it ->
                new Department(
                    it.getKey(), Row.Office.of(city, it.getKey(), locale).name(), it.getValue()))
        .toList();
  }
}

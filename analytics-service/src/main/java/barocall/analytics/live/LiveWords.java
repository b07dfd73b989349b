package barocall.analytics.live;

import barocall.city.Category;
import barocall.city.City;
import barocall.city.Text;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What things are called in the live picture, in both languages. */
@Component
class LiveWords {
  private static final Text NOTHING = new Text("", "");

  private final MessageSource words;

  LiveWords(MessageSource words) {
    this.words = words;
  }

  Text channel(String channel) {
    return text("channel." + channel);
  }

  Text agentState(String state) {
    return text("agent.state." + state);
  }

  Text department(City city, @Nullable String id) {
    return id == null
        ? text("live.department.unknown")
        : city.department(id).map(it -> it.name()).orElse(new Text(id, id));
  }

  String agent(City city, String id) {
    return city.agent(id).map(it -> it.name()).orElse(id);
  }

  /** What happened, in a line. */
  Text line(City city, Happening happening) {
    String code =
        "live.event."
            + happening.what()
            + (happening.word() == null ? "" : "." + happening.word())
            + (happening.agent() == null ? "" : ".by");
    Text channel = channel(happening.channel());
    Text category =
        Optional.ofNullable(happening.category())
            .filter(it -> !it.isEmpty())
            .map(it -> city.category(it).map(Category::name).orElse(new Text(it, it)))
            .orElse(NOTHING);
    Text department = department(city, happening.department());
    String agent = happening.agent() == null ? "" : agent(city, happening.agent());
    return new Text(
        line(code, channel.ko(), category.ko(), department.ko(), agent, Locale.KOREAN),
        line(code, channel.en(), category.en(), department.en(), agent, Locale.ENGLISH));
  }

  private String line(
      String code,
      String channel,
      String category,
      String department,
      String agent,
      Locale locale) {
    String about = category.isEmpty() ? "" : " · " + category;
    return words.getMessage(code, new Object[] {channel, about, department, agent}, locale);
  }

  private Text text(String code) {
    return new Text(
        words.getMessage(code, null, Locale.KOREAN), words.getMessage(code, null, Locale.ENGLISH));
  }
}

package barocall.system;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The keys and people that the launcher made at the first start. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Credentials(Map<String, String> keys, List<Person> people) {

  /** Somebody who can log in; without a city they belong to all. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Person(
      String user,
      String password,
      String role,
      @Nullable String city,
      @Nullable String department,
      @Nullable String agent) {
    @Override
    public String toString() {
      return user;
    }
  }

  static Credentials read(Path file) {
    return JsonMapper.builder().build().readValue(file.toFile(), Credentials.class);
  }

  Visitor key(String city) {
    return Visitor.withKey(city, Optional.ofNullable(keys.get(city)).orElseThrow());
  }

  Person agent(String city, String agent) {
    return one(it -> Objects.equals(it.city(), city) && Objects.equals(it.agent(), agent));
  }

  Person officer(String city, String department) {
    return one(
        it -> Objects.equals(it.city(), city) && Objects.equals(it.department(), department));
  }

  Person admin(@Nullable String city) {
    return one(it -> it.role().equals("admin") && Objects.equals(it.city(), city));
  }

  private Person one(Predicate<Person> wanted) {
    return people.stream().filter(wanted).findFirst().orElseThrow();
  }
}

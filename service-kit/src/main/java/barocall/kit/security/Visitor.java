package barocall.kit.security;

import barocall.access.KeyHolder;
import barocall.access.Person;
import barocall.contract.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whoever has shown who they are: a program with a city's key, or a person. Handlers get it by
 * {@code @AuthenticationPrincipal Visitor} or {@link #of}.
 *
 * @param user the person's user name, or the key's city
 * @param name the person's name as others read it
 * @param city the city they belong to; absent: all cities
 * @param department an officer's department
 * @param agent an agent's id in the city file
 * @param channels of a program, the channels for which its key may speak; absent: all of its city
 */
public record Visitor(
    Kind kind,
    String user,
    String name,
    @Nullable String city,
    @Nullable String department,
    @Nullable String agent,
    @Nullable Set<String> channels) {

  /** A program, or a person by their role. */
  public enum Kind {
    /** A program that speaks for a city's channels: the telephone exchange, a web site, an app. */
    CHANNEL,
    AGENT,
    DEPARTMENT,
    ADMIN
  }

  /** Whoever sent this request, if they showed who they are. */
  public static Optional<Visitor> of(ServerWebExchange exchange) {
    return Optional.ofNullable(exchange.getAttribute(Visitor.class.getName()));
  }

  /** The network address from which a request comes, or {@code unknown}. */
  public static String addressOf(ServerWebExchange exchange) {
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    return remote == null || remote.getAddress() == null
        ? "unknown"
        : remote.getAddress().getHostAddress();
  }

  static Visitor withKeyOf(KeyHolder holder) {
    String city = holder.city();
    return new Visitor(Kind.CHANNEL, city, city, city, null, null, holder.channels());
  }

  static Visitor of(Person person) {
    Kind kind =
        switch (person.role()) {
          case AGENT -> Kind.AGENT;
          case DEPARTMENT -> Kind.DEPARTMENT;
          case ADMIN -> Kind.ADMIN;
        };
    return new Visitor(
        kind,
        person.user(),
        person.name(),
        person.city(),
        person.department(),
        person.agent(),
        null);
  }

  /** Whether the city is theirs, whatever they are. */
  public boolean mayActFor(String ofCity) {
    return city == null || city.equals(ofCity);
  }

  public boolean isPerson() {
    return kind != Kind.CHANNEL;
  }

  /** Whether this is a program with a key of that city, be it for some channels only. */
  public boolean isChannelOf(String ofCity) {
    return kind == Kind.CHANNEL && mayActFor(ofCity);
  }

  /** Whether this is a program whose key may speak for that channel of that city. */
  public boolean speaksFor(String ofCity, Channel channel) {
    return isChannelOf(ofCity) && (channels == null || channels.contains(channel.wireName()));
  }

  /** Whether this is a program whose key may speak for every channel of that city. */
  public boolean speaksForAll(String ofCity) {
    return isChannelOf(ofCity) && channels == null;
  }

  public boolean isAdminOf(String ofCity) {
    return kind == Kind.ADMIN && mayActFor(ofCity);
  }

  public boolean isAdminOfAll() {
    return kind == Kind.ADMIN && city == null;
  }

  public boolean isAgentOf(String ofCity) {
    return kind == Kind.AGENT && mayActFor(ofCity);
  }

  /** Whether they work in that department of that city. */
  public boolean isOfficerOf(String ofCity, String ofDepartment) {
    return kind == Kind.DEPARTMENT && mayActFor(ofCity) && ofDepartment.equals(department);
  }

  /** Whether they work in any department of that city. */
  public boolean isOfficerOf(String ofCity) {
    return kind == Kind.DEPARTMENT && mayActFor(ofCity);
  }
}

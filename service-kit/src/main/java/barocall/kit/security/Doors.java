package barocall.kit.security;

import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;

/**
 * A service's own doors and who may use them, given as a bean. What no rule names is closed to
 * everyone, and to a person who is logged in it is not there; the first rule that fits counts.
 * Rules that look at the visitor come from {@link Access}:
 *
 * <pre>{@code
 * @Bean
 * Doors doors(Access access) {
 *   return doors ->
 *       doors
 *           .pathMatchers("/", "/receipts/**").permitAll()
 *           .pathMatchers("/api/v1/cities/{city}/desk/**")
 *           .access(access.when((visitor, at) -> visitor.isAgentOf(at.city())));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Doors {
  void open(AuthorizeExchangeSpec doors);
}

package barocall.notification;

import barocall.kit.security.Access;
import barocall.kit.security.Doors;
import barocall.kit.security.Visitor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may use which door of this service. */
@Configuration(proxyBeanMethods = false)
class NotificationDoors {
  @Bean
  Doors serviceDoors(Access access) {
    return doors ->
        doors
            .pathMatchers(
                "/api/v1/cities/{city}/departments/{department}/inbox",
                "/api/v1/cities/{city}/departments/{department}/inbox/**",
                "/{city}/departments/{department}/inbox")
            .access(
                access.when(
                    (visitor, at) ->
                        visitor.isOfficerOf(at.city(), at.department())
                            || visitor.isAdminOf(at.city())))
            .pathMatchers(
                "/api/v1/cities/{city}/deliveries",
                "/api/v1/cities/{city}/deliveries/**",
                "/api/v1/cities/{city}/dead-letters",
                "/api/v1/cities/{city}/dead-letters/**",
                "/api/v1/cities/{city}/services")
            .access(access.when((visitor, at) -> visitor.isAdminOf(at.city())))
            .pathMatchers("/operations")
            .access(access.when((visitor, at) -> visitor.kind() == Visitor.Kind.ADMIN))
            .pathMatchers("/")
            .access(access.when((visitor, at) -> visitor.isPerson()));
  }
}

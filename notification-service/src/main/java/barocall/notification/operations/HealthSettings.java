package barocall.notification.operations;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where this service asks the four for their health: base URLs without a slash at the end. They
 * differ from where browsers find them when the services run in containers or behind a proxy.
 */
@ConfigurationProperties("barocall.health")
record HealthSettings(String intake, String routing, String notification, String analytics) {}

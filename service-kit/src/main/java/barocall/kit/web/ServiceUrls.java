package barocall.kit.web;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where people's browsers find the four services: base URLs without a slash at the end. */
@ConfigurationProperties("barocall.urls")
public record ServiceUrls(String intake, String routing, String notification, String analytics) {
  public ServiceUrls {
    intake = withoutSlash(intake);
    routing = withoutSlash(routing);
    notification = withoutSlash(notification);
    analytics = withoutSlash(analytics);
  }

  private static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}

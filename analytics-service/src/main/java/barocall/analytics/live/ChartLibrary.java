package barocall.analytics.live;

import java.io.IOException;
import java.time.Duration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Where browsers fetch the chart library: under its version's path, so that they may keep it for a
 * year.
 */
@Component
class ChartLibrary implements WebFluxConfigurer {
  private static final String ROOT = "META-INF/resources/webjars/";
  private static final String FILE = "echarts/*/dist/echarts.common.min.js";

  private final String path;

  ChartLibrary() throws IOException {
    Resource[] found =
        new PathMatchingResourcePatternResolver().getResources("classpath*:" + ROOT + FILE);
    if (found.length != 1) {
      throw new IllegalStateException("There is no chart library on the class path, or two");
    }
    String url = found[0].getURL().toString();
    path = "/webjars/" + url.substring(url.indexOf(ROOT) + ROOT.length());
  }

  /** Its path on this server. */
  String path() {
    return path;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/webjars/**")
        .addResourceLocations("classpath:/" + ROOT)
        .setUseLastModified(false)
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
  }
}

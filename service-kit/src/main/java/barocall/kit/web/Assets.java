package barocall.kit.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Serves {@code static/assets/} of the kit and of the service under a path that names their
 * content: it may be kept for a year, and modules import each other by relative paths. Under the
 * plain path they are checked by entity tag each time.
 */
final class Assets implements WebFluxConfigurer {
  private static final String FOLDER = "classpath:/static/assets/";
  private final String path;

  Assets() {
    try {
      path = "/assets/" + hash();
    } catch (IOException e) {
      throw new UncheckedIOException("The assets cannot be read", e);
    }
  }

  /** The path below which the assets are, such as {@code /assets/5f2c9a01}. */
  String path() {
    return path;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler(path + "/**")
        .addResourceLocations(FOLDER)
        .setUseLastModified(false)
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(FOLDER)
        .setUseLastModified(false)
        .setEtagGenerator(Assets::tag)
        .setCacheControl(CacheControl.noCache());
  }

  private static String hash() throws IOException {
    var all = new StringBuilder();
    Resource[] resources =
        new PathMatchingResourcePatternResolver().getResources("classpath*:/static/assets/**/*.*");
    Arrays.sort(resources, Comparator.comparing(Resource::getFilename));
    for (Resource resource : resources) {
      all.append(resource.getFilename()).append(digest(resource.getContentAsByteArray()));
    }
    return digest(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 10);
  }

  private static String tag(Resource resource) {
    try {
      return '"' + digest(resource.getContentAsByteArray()) + '"';
    } catch (IOException e) {
      throw new UncheckedIOException(resource.getDescription() + " cannot be read", e);
    }
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}

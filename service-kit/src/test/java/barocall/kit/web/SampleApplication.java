package barocall.kit.web;

import barocall.city.Cities;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service with a page of every component and doors that fail in every way. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({
  WebConfiguration.class,
  PageModel.class,
  SampleApplication.SamplePages.class,
  SampleApplication.SampleDoors.class,
  SampleApplication.SampleStreams.class
})
class SampleApplication {
  public static void main(String[] args) {
    SpringApplication.run(SampleApplication.class, args);
  }

  @Bean
  SecurityWebFilterChain openToAll(ServerHttpSecurity http) {
    return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
        .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
        .build();
  }

  @Bean
  PageVisitors anAdministrator() {
    return exchange ->
        exchange.getRequest().getQueryParams().containsKey("nobody")
            ? Mono.empty()
            : Mono.just(new PageVisitor("김민원", "admin", "gyeongju", null));
  }

  @Bean
  Cities cities() {
    return Cities.load(Path.of("..", "cities"));
  }

  record Row(String id, String subject, Instant dueAt) {}

  record Large(long number, String page) {}

  record Picture(Instant asOf, int received) {}

  /** Figures that move each second, and a list to which a row comes every other second. */
  @RestController
  static class SampleStreams {
    private final SharedPicture<Picture> pictures;
    private final LiveList<Row> rows;
    private final SharedPicture<Large> large;
    private final SharedPicture<Integer> counted;

    /** How often the question behind the counted picture was asked. */
    static final AtomicInteger ASKED = new AtomicInteger();

    SampleStreams(LiveStreams streams) {
      String page = "가".repeat(60_000);
      large =
          streams.picture(
              city -> Mono.fromSupplier(() -> new Large(System.nanoTime(), page)),
              picture -> Long.toString(picture.number()),
              Large::number);
      counted =
          streams.picture(
              city -> Mono.fromSupplier(ASKED::incrementAndGet),
              number -> Integer.toString(number),
              number -> number);
      Instant start = Instant.now();
      pictures =
          streams.picture(
              city ->
                  Mono.fromSupplier(
                      () -> {
                        Instant now = Instant.now();
                        if (now.getEpochSecond() % 60 > 55) {
                          throw new IllegalStateException("the store is away");
                        }
                        return new Picture(
                            now, 1306 + (int) Duration.between(start, now).toSeconds());
                      }),
              picture -> picture.asOf().toString(),
              Picture::received);
      rows =
          streams.list(
              city ->
                  Mono.fromSupplier(
                      () ->
                          IntStream.rangeClosed(
                                  0, (int) Duration.between(start, Instant.now()).toSeconds() / 2)
                              .mapToObj(i -> new Row("row-" + i, "민원 " + i, start))
                              .sorted(Comparator.comparing(Row::id).reversed())
                              .toList()),
              Row::id);
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> live() {
      return pictures.of("gyeongju");
    }

    /** A picture of 180 kB that differs each time. */
    @GetMapping(path = "/large", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> large() {
      return large.of("gyeongju");
    }

    @GetMapping(path = "/counted", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> counted() {
      return counted.of("gyeongju");
    }

    @GetMapping(path = "/rows", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> rows(ServerHttpRequest request) {
      return rows.of("gyeongju", LiveStreams.lastEventId(request));
    }
  }

  @PageController
  static class SamplePages {
    @GetMapping("/")
    String everything(Model model) {
      Instant now = Instant.now();
      model.addAttribute("crumbs", List.of(new Crumb("목록", "/"), Crumb.here("구성 요소")));
      model.addAttribute("late", now.minus(Duration.ofHours(3)));
      model.addAttribute("soon", now.plus(Duration.ofHours(1)));
      model.addAttribute("later", now.plus(Duration.ofDays(2)));
      return "sample";
    }

    @GetMapping("/desk")
    String desk() {
      return "sample-desk";
    }
  }

  enum Colour {
    RED,
    GREEN
  }

  record Contact(String email) {
    Contact {
      if (!email.contains("@")) {
        throw new IllegalArgumentException("not an address: " + email);
      }
    }
  }

  record Order(String name, int count, Colour colour, Instant at, Contact contact) {}

  @RestController
  static class SampleDoors {
    @PostMapping("/orders")
    Order order(@RequestBody Order order) {
      return order;
    }

    /** Takes a third of a second, as if something had to be asked. */
    @PostMapping("/slow")
    Mono<String> slow(@RequestBody String body) {
      return Mono.delay(Duration.ofMillis(300)).thenReturn("done");
    }

    @PostMapping("/form")
    Mono<String> form(ServerWebExchange exchange) {
      return exchange.getFormData().map(form -> String.valueOf(form.getFirst("text")));
    }

    @GetMapping("/count")
    int count(@RequestParam int number) {
      return number;
    }

    @GetMapping("/fail/{how}")
    Mono<String> fail(@PathVariable String how) {
      return switch (how) {
        case "conflict" ->
            Mono.error(
                ProblemException.of(HttpStatus.CONFLICT, "kit.problem.conflict")
                    .saying("by", "kim"));
        case "away" -> Mono.error(new TimeoutException("no store"));
        default -> Mono.error(new IllegalStateException("880101-1234567 is secret"));
      };
    }
  }
}

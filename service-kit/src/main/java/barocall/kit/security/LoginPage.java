package barocall.kit.security;

import barocall.kit.web.Pages;
import barocall.kit.web.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The log-in and log-out of people, the same at every service. */
final class LoginPage {
  private static final String NEXT = "next";
  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
  private static final int LONGEST = 2_000;

  private final Gate gate;
  private final SessionCookie cookie;
  private final NextPage nextPage;
  private final Pages pages;

  LoginPage(Gate gate, SessionCookie cookie, NextPage nextPage, Pages pages) {
    this.gate = gate;
    this.cookie = cookie;
    this.nextPage = nextPage;
    this.pages = pages;
  }

  Mono<ServerResponse> show(ServerRequest request) {
    String next = NextPage.safe(request.queryParam(NEXT).orElse(null));
    boolean out = request.queryParam("out").isPresent();
    return page(request, new Form("", next), out ? "out" : "");
  }

  Mono<ServerResponse> enter(ServerRequest request) {
    return request.formData().flatMap(form -> enter(request, form));
  }

  private Mono<ServerResponse> enter(ServerRequest request, MultiValueMap<String, String> form) {
    String user = text(form, "user").trim();
    String password = text(form, "password");
    Form kept = new Form(user, NextPage.safe(text(form, NEXT)));
    if (user.isEmpty() || password.isEmpty()) {
      return page(request, kept, "missing", HttpStatus.BAD_REQUEST, new HttpHeaders());
    }
    return gate.login(request.exchange(), user, password)
        .flatMap(
            person -> {
              Visitor visitor = Visitor.of(person);
              return gate.cameIn(request.exchange(), visitor)
                  .then(
                      Mono.defer(
                          () -> {
                            cookie.begin(request.exchange(), person);
                            return seeOther(nextPage.of(kept.next(), visitor));
                          }));
            })
        .onErrorResume(
            BadCredentialsException.class,
            wrong -> page(request, kept, "wrong", HttpStatus.UNAUTHORIZED, new HttpHeaders()))
        .onErrorResume(
            ProblemException.class,
            slow -> page(request, kept, "slow", slow.status(), slow.headers()));
  }

  Mono<ServerResponse> leave(ServerRequest request) {
    cookie.end(request.exchange());
    return gate.left(request.exchange()).then(seeOther(URI.create("/login?out")));
  }

  private Mono<ServerResponse> page(ServerRequest request, Form form, String notice) {
    return page(request, form, notice, HttpStatus.OK, new HttpHeaders());
  }

  private Mono<ServerResponse> page(
      ServerRequest request, Form form, String notice, HttpStatus status, HttpHeaders headers) {
    return pages
        .of(request.exchange())
        .flatMap(
            page ->
                ServerResponse.status(status)
                    .headers(all -> all.putAll(headers))
                    .contentType(HTML)
                    .render("login", Map.of(Pages.PAGE, page, "form", form, "notice", notice)));
  }

  private static Mono<ServerResponse> seeOther(URI location) {
    return ServerResponse.seeOther(location).build();
  }

  private static String text(MultiValueMap<String, String> form, String field) {
    String value = form.getFirst(field);
    return value == null || value.length() > LONGEST ? "" : value;
  }

  /** What was typed, but for the password. */
  record Form(String user, String next) {}
}

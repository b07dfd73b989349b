package barocall.kit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whoever forgets a piece of a body or of an answer costs no memory for ever. */
class PlainMemoryTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int TIMES = 20;

  /** Counts what is held; nothing is kept for later. */
  private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true);

  private static ConfigurableApplicationContext service;
  private static String address;

  @Configuration(proxyBeanMethods = false)
  static class Counted {
    @Bean
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> countedMemory() {
      return factory ->
          factory.addServerCustomizers(
              server -> server.childOption(ChannelOption.ALLOCATOR, MEMORY));
    }

    @Bean
    Forgetful forgetful() {
      return new Forgetful();
    }
  }

  @RestController
  static class Forgetful {
    /** The moment in which a request is given up while a piece of its body comes. */
    @PostMapping("/given-up")
    Mono<Void> givenUp(ServerWebExchange exchange) {
      Sinks.One<String> givenUp = Sinks.one();
      return exchange
          .getRequest()
          .getBody()
          .doOnNext(
              piece ->
                  CompletableFuture.runAsync(
                          () ->
                              givenUp
                                  .tryEmitError(new ResponseStatusException(HttpStatus.CONFLICT))
                                  .orThrow())
                      .join())
          .takeUntilOther(givenUp.asMono())
          .then();
    }

    /** An answer that was begun and of which nobody heard. */
    @GetMapping("/unheard")
    String unheard(ServerWebExchange exchange) {
      exchange.getResponse().bufferFactory().allocateBuffer(10_000).write(new byte[10_000]);
      return "heard";
    }
  }

  @BeforeAll
  static void start() {
    service =
        new SpringApplicationBuilder(SampleApplication.class, Counted.class)
            .run("--server.port=0", "--spring.application.name=routing-service");
    address = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
  }

  @AfterAll
  static void end() {
    service.close();
  }

  @Test
  void aPieceThatComesWhenItsRequestIsGivenUpIsFreed() throws Exception {
    long before = held();
    for (int i = 0; i < TIMES; i++) {
      assertThat(sent("/given-up", BodyPublishers.ofString("x".repeat(9_000))).statusCode())
          .isEqualTo(409);
    }
    nothingIsLeft(before);
  }

  @Test
  void anAnswerThatNobodyHearsIsFreed() throws Exception {
    long before = held();
    for (int i = 0; i < TIMES; i++) {
      assertThat(sent("/unheard", null).body()).isEqualTo("heard");
    }
    nothingIsLeft(before);
  }

  private static void nothingIsLeft(long before) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(held()).as("bytes that nobody frees").isLessThanOrEqualTo(before));
  }

  private static long held() {
    return MEMORY.metric().usedDirectMemory() + MEMORY.metric().usedHeapMemory();
  }

  private static HttpResponse<String> sent(String path, HttpRequest.BodyPublisher body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(SOON).header("Accept", "*/*");
    // A client of its own each time, so that no connection is left that holds anything.
    return HttpClient.newHttpClient()
        .send(
            (body == null ? request.GET() : request.header("Content-Type", "text/plain").POST(body))
                .build(),
            BodyHandlers.ofString());
  }
}

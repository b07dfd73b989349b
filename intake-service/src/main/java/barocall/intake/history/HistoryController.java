package barocall.intake.history;

import barocall.city.Cities;
import barocall.city.City;
import barocall.contract.Event;
import barocall.intake.inquiries.Refusals;
import barocall.intake.words.Wrong;
import barocall.intake.words.WrongInputException;
import barocall.kit.events.EventPublisher;
import barocall.kit.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The door for past inquiries: lines are read, said and forgotten chunk by chunk, however many
 * come, and a bad one never keeps a good one out.
 */
@RestController
class HistoryController {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int CHUNK = 500;
  private static final int BUFFERS_AHEAD = 4;
  private static final String TOO_LONG = "intake.history.line-too-long";

  private final Cities cities;
  private final EventPublisher publisher;
  private final Clock clock;
  private final JsonMapper json;
  private final MessageSource words;
  private final Remembered remembered = new Remembered();

  HistoryController(
      Cities cities, EventPublisher publisher, Clock clock, JsonMapper json, MessageSource words) {
    this.cities = cities;
    this.publisher = publisher;
    this.clock = clock;
    this.json = json;
    this.words = words;
  }

  @Operation(
      summary = "Past inquiries, one a line of NDJSON",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_NDJSON_VALUE,
                      schema = @Schema(implementation = Row.class))))
  @PostMapping("/api/v1/cities/{city}/history")
  Mono<HistoryResult> post(
      @PathVariable("city") String cityId, @Parameter(hidden = true) ServerWebExchange exchange) {
    City city = Refusals.city(cities, cityId);
    Locale locale =
        exchange.getLocaleContext().getLocale() == null
            ? Locale.KOREAN
            : exchange.getLocaleContext().getLocale();
    Lines lines = new Lines(LONGEST_LINE);
    return exchange
        .getRequest()
        .getBody()
        .map(HistoryController::bytes)
        .publishOn(Schedulers.parallel(), BUFFERS_AHEAD)
        .concatMapIterable(lines::feed)
        .concatWith(Flux.defer(() -> Flux.fromIterable(lines.end())))
        .buffer(CHUNK)
        .concatMap(chunk -> say(chunk, city, locale), 1)
        .reduce(HistoryResult.NONE, HistoryResult::plus)
        .flatMap(result -> answered(result, locale));
  }

  /** A line beyond the limit is a 413, which tells what became of all the others. */
  private Mono<HistoryResult> answered(HistoryResult result, Locale locale) {
    String tooLong = words.getMessage(TOO_LONG, new Object[] {LONGEST_LINE / 1024}, locale);
    return result.rejected().stream().noneMatch(it -> it.reason().equals(tooLong))
        ? Mono.just(result)
        : Mono.error(
            ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "intake.problem.line-too-long")
                .saying("accepted", result.accepted())
                .saying("repeated", result.repeated())
                .saying("rejected", result.rejected())
                .saying("takenAsNow", result.takenAsNow()));
  }

  private Mono<HistoryResult> say(List<Lines.Line> chunk, City city, Locale locale) {
    List<Event.HistoryRecorded> fresh = new ArrayList<>(chunk.size());
    List<Long> fingerprints = new ArrayList<>(chunk.size());
    Set<Long> inThisChunk = new HashSet<>();
    List<HistoryResult.Rejected> rejected = new ArrayList<>();
    List<HistoryResult.TakenAsNow> takenAsNow = new ArrayList<>();
    long repeated = 0;
    for (Lines.Line line : chunk) {
      if (line.tooLong()) {
        rejected.add(
            new HistoryResult.Rejected(
                line.number(), say(TOO_LONG + "|" + LONGEST_LINE / 1024, locale)));
        continue;
      }
      try {
        Row.Told told = read(line.bytes()).read(city, Instant.ofEpochMilli(clock.millis()));
        Event.HistoryRecorded event = told.event();
        long fingerprint = Remembered.fingerprint(told.id());
        if (remembered.contains(fingerprint) || !inThisChunk.add(fingerprint)) {
          repeated++;
        } else {
          fresh.add(event);
          fingerprints.add(fingerprint);
          if (!told.takenAsNow().isEmpty()) {
            takenAsNow.add(new HistoryResult.TakenAsNow(line.number(), told.takenAsNow()));
          }
        }
      } catch (WrongInputException wrong) {
        rejected.add(new HistoryResult.Rejected(line.number(), say(wrong.wrongs(), locale)));
      } catch (JacksonException unreadable) {
        rejected.add(new HistoryResult.Rejected(line.number(), say(unreadable, locale)));
      }
    }
    HistoryResult result =
        new HistoryResult(
            fresh.size(),
            repeated,
            List.copyOf(rejected),
            rejected.size(),
            List.copyOf(takenAsNow));
    return publisher
        .sendAll(fresh)
        .then(
            Mono.fromSupplier(
                () -> {
                  remembered.addAll(fingerprints);
                  return result;
                }));
  }

  private Row read(byte[] line) {
    Row row = json.readValue(line, Row.class);
    if (row == null) {
      throw new WrongInputException(List.of(new Wrong("", "kit.problem.bad-body.title", false)));
    }
    return row;
  }

  private String say(List<Wrong> wrongs, Locale locale) {
    return wrongs.stream()
        .map(it -> (it.field().isEmpty() ? "" : it.field() + ": ") + say(it.message(), locale))
        .collect(Collectors.joining(" "));
  }

  /** Where a line is no row, never what stands there: it may be personal. */
  private String say(JacksonException unreadable, Locale locale) {
    if (unreadable instanceof StreamReadException) {
      return say("intake.history.no-json", locale);
    }
    String field =
        unreadable.getPath().stream()
            .map(JacksonException.Reference::getPropertyName)
            .filter(name -> name != null)
            .collect(Collectors.joining("."));
    return field.isEmpty()
        ? say("intake.history.no-json", locale)
        : field + ": " + say("kit.field.type", locale);
  }

  private String say(String message, Locale locale) {
    String[] parts = message.split("\\|", -1);
    Object[] arguments = java.util.Arrays.copyOfRange(parts, 1, parts.length, Object[].class);
    return words.getMessage(parts[0], arguments, locale);
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }
}

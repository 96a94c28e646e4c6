package dev.weft.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.engine.spi.EndpointServer.Served;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.server.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models over HTTP with the JDK's client. */
@Timeout(60)
class EndpointHttpServerTest {

  private static final Run RUN =
      new Run("r", Span.all(new Source("t", "")), progress -> {}, () -> false);

  private final AccessToken token = AccessToken.generate();
  private final EndpointHttpServer server = EndpointHttpServer.start("127.0.0.1", 0, token);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void serve() {
    server.serve("late api", new Served("late", 3, signature(), new Doubler(0)), RUN);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersInOrderWithTheFieldsOfTheTableForm() {
    String body =
        """
        [{"distance": 2, "origin": "JFK", "weekend": true, "at": "1970-01-02T00:00:00Z", "n": 1},
         {"n": null, "distance": null, "origin": null, "weekend": null, "at": null}]""";
    HttpResponse<String> response = post(body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "[{\"distance\":2,\"origin\":\"JFK\",\"weekend\":true,\"at\":\"1970-01-02T00:00:00Z\","
                + "\"n\":1,\"late_pred\":true,\"late_prob\":0.5,"
                + "\"late_probs\":{\"false\":0.5,\"true\":0.5}},"
                + "{\"n\":null,\"distance\":null,\"origin\":null,\"weekend\":null,\"at\":null,"
                + "\"late_pred\":false,\"late_prob\":0.5,"
                + "\"late_probs\":{\"false\":0.5,\"true\":0.5}}]");
  }

  @Test
  void aBadFieldIsNamed() {
    String good = "{\"distance\":1.5,\"origin\":\"x\",\"weekend\":false,\"at\":0,\"n\":7}";
    assertThat(post("[" + good.replace("\"n\":7", "\"n\":7,\"orgin\":1") + "]"))
        .satisfies(
            r -> fails(r, 400, "UNKNOWN_FIELD", "\"row\":0", "\"field\":\"orgin\"", "origin"));
    assertThat(post("[" + good + "," + good.replace(",\"n\":7", "") + "]"))
        .satisfies(r -> fails(r, 400, "MISSING_FIELD", "\"row\":1", "\"field\":\"n\""));
    assertThat(post("[" + good.replace("1.5", "\"far\"") + "]"))
        .satisfies(r -> fails(r, 400, "WRONG_TYPE", "'distance' takes a number, not"));
    assertThat(post("[" + good.replace("7", "7.5") + "]"))
        .satisfies(r -> fails(r, 400, "WRONG_TYPE", "'n' takes a whole number"));
    assertThat(post("[" + good.replace("7", "7.0") + "]").statusCode()).isEqualTo(200);
    assertThat(post("[" + good.replace("1.5", "NaN") + "]"))
        .satisfies(r -> fails(r, 400, "NOT_JSON"));
    assertThat(post("[" + good.replace("1.5", "1e999") + "]"))
        .satisfies(r -> fails(r, 400, "WRONG_TYPE"));
    assertThat(post("[" + good.replace("false", "\"yes\"") + "]"))
        .satisfies(r -> fails(r, 400, "WRONG_TYPE", "true or false"));
    assertThat(post("[" + good.replace("\"at\":0", "\"at\":\"soon\"") + "]"))
        .satisfies(r -> fails(r, 400, "WRONG_TYPE", "\"field\":\"at\"", "a date or time such as"));
  }

  @Test
  void aBadBodyIsRefused() {
    assertThat(post("{")).satisfies(r -> fails(r, 400, "NOT_JSON"));
    assertThat(post("[] []")).satisfies(r -> fails(r, 400, "NOT_JSON"));
    assertThat(post("")).satisfies(r -> fails(r, 400, "NOT_"));
    assertThat(post("{}")).satisfies(r -> fails(r, 400, "NOT_ROWS"));
    assertThat(post("[1]")).satisfies(r -> fails(r, 400, "NOT_ROWS", "row 0"));
    assertThat(post("[".repeat(5000))).satisfies(r -> fails(r, 400, "NOT_JSON", "deeply"));
    assertThat(post("[" + "1,".repeat(10_000) + "1]"))
        .satisfies(r -> fails(r, 413, "TOO_MANY_ROWS"));
    assertThat(post(" ".repeat(17 << 20))).satisfies(r -> fails(r, 413, "TOO_LARGE"));
    assertThat(post("[]").body()).isEqualTo("[]");
  }

  @Test
  void addressesMethodsAndTokensAreChecked() {
    assertThat(send("GET", "/health", "", null).body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(send("GET", "/v1/endpoints/late%20api", "", null))
        .satisfies(r -> fails(r, 401, "UNAUTHORIZED"))
        .satisfies(r -> assertThat(r.headers().firstValue("WWW-Authenticate")).hasValue("Bearer"));
    assertThat(send("GET", "/v1/endpoints/late%20api", "", "wrong"))
        .satisfies(r -> fails(r, 401, "UNAUTHORIZED"));
    assertThat(get("/v1/endpoints/late%20apu"))
        .satisfies(r -> fails(r, 404, "ENDPOINT_NOT_FOUND", "did you mean 'late api'"));
    assertThat(get("/v1/endpoints/late%20api/predict"))
        .satisfies(r -> fails(r, 405, "METHOD_NOT_ALLOWED"))
        .satisfies(r -> assertThat(r.headers().firstValue("Allow")).hasValue("POST"));
    assertThat(send("DELETE", "/v1/endpoints/late%20api", "", token.reveal()))
        .satisfies(r -> assertThat(r.headers().firstValue("Allow")).hasValue("GET"));
    assertThat(get("/elsewhere")).satisfies(r -> fails(r, 404, "NOT_FOUND"));
    assertThat(get("/v1/endpoints/late%20api").body())
        .contains("\"model\":\"late\"", "\"version\":3", "\"kind\":\"category\"", "late_probs");
  }

  @Test
  void aFailingModelGivesOneSentence() {
    server.serve("bad", new Served("bad", 1, signature(), new Failing()), RUN);
    String body = "[{\"distance\":1,\"origin\":\"x\",\"weekend\":false,\"at\":0,\"n\":7}]";
    assertThat(send("POST", "/v1/endpoints/bad/predict", body, token.reveal()))
        .satisfies(r -> fails(r, 503, "UNAVAILABLE", "the machine-learning runtime is gone"))
        .satisfies(r -> assertThat(r.body()).doesNotContain("at dev.weft"));
  }

  @Test
  void replacingLosesNoRequestAndClosesTheOldModelLast() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<Integer>> loads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      loads.add(threads.submit(() -> load(stop)));
    }
    List<Doubler> models = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Doubler model = new Doubler(2);
      models.add(model);
      server.serve("late api", new Served("late", i, signature(), model), RUN);
      Thread.sleep(20);
    }
    stop.set(true);
    int answered = 0;
    for (Future<Integer> load : loads) {
      answered += load.get();
    }
    threads.shutdown();
    assertThat(answered).isPositive();
    assertThat(models.subList(0, 29)).allMatch(model -> model.closed.get() == 1);
    assertThat(models.get(29).closed.get()).isZero();
    server.remove("late api");
    assertThat(models.get(29).closed.get()).isEqualTo(1);
  }

  @Test
  void aRequestWaitsForAnEndpointThatComesBack() {
    server.restore(
        () -> {
          LockSupport.parkNanos(300_000_000L);
          server.serve("back", new Served("back", 1, signature(), new Doubler(0)), RUN);
        });
    assertThat(get("/v1/endpoints/back").statusCode()).isEqualTo(200);
    assertThat(get("/v1/endpoints/never").statusCode()).isEqualTo(404);
  }

  @Test
  void aTakenPortIsNamed() {
    int port = URI.create(server.url()).getPort();
    assertThatThrownBy(() -> EndpointHttpServer.start("127.0.0.1", port, token))
        .isInstanceOfSatisfying(
            WeftException.class,
            e -> assertThat(e.diagnostics().get(0).code()).isEqualTo(ErrorCode.PORT_TAKEN));
  }

  private int load(AtomicBoolean stop) {
    int answered = 0;
    String body = "[{\"distance\":1,\"origin\":\"x\",\"weekend\":false,\"at\":0,\"n\":7}]";
    while (!stop.get()) {
      HttpResponse<String> response = post(body);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      answered++;
    }
    return answered;
  }

  private static void fails(HttpResponse<String> response, int status, String... parts) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).startsWith("{\"error\":{\"code\":\"").contains(parts);
  }

  private HttpResponse<String> post(String body) {
    return send("POST", "/v1/endpoints/late%20api/predict", body, token.reveal());
  }

  private HttpResponse<String> get(String path) {
    return send("GET", path, "", token.reveal());
  }

  private HttpResponse<String> send(
      String method, String path, String body, @org.jspecify.annotations.Nullable String shown) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, BodyPublishers.ofString(body));
    if (shown != null) {
      request.header("Authorization", "Bearer " + shown);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static ModelSignature signature() {
    return new ModelSignature(
        "lightgbm",
        Task.CLASSIFICATION,
        List.of(
            new Feature("distance", "double", FeatureKind.NUMBER),
            new Feature("origin", "string", FeatureKind.CATEGORY),
            new Feature("weekend", "boolean", FeatureKind.BOOLEAN),
            new Feature("at", "timestamp", FeatureKind.DATETIME),
            new Feature("n", "int", FeatureKind.NUMBER)),
        Optional.of(new Column("late", "boolean", true)));
  }

  /** Answers that a flight is late when its distance is known. */
  private static final class Doubler implements RowPredictor {

    final AtomicInteger closed = new AtomicInteger();
    private final long pauseMillis;

    Doubler(long pauseMillis) {
      this.pauseMillis = pauseMillis;
    }

    @Override
    public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
      if (closed.get() > 0) {
        throw new IllegalStateException("used after it was closed");
      }
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      List<Map<String, Object>> answers = new ArrayList<>();
      for (Map<String, Object> row : rows) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("late_probs", Map.of(true, 0.5, false, 0.5));
        answer.put("late_pred", row.get("distance") != null);
        answer.put("late_prob", 0.5);
        answers.add(answer);
      }
      return answers;
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private static final class Failing implements RowPredictor {

    @Override
    public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
      throw ErrorCode.RUNTIME_FAILED.failure(RUN.span(), "is gone");
    }

    @Override
    public void close() {}
  }
}

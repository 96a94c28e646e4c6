package dev.weft.server.http;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.engine.spi.EndpointServer.Served;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.WeftException;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.server.AccessToken;
import dev.weft.server.wire.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, and turns what goes wrong into an answer. */
final class Router {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** Bytes that the body of a request may have. */
  private static final int LARGEST_BODY = 16 << 20;

  private static final long LONGEST_DRAIN = 64L << 20;

  private static final String ENDPOINTS = "/v1/endpoints/";
  private static final String PREDICT = "/predict";

  private final Map<String, Endpoint> endpoints;
  private final Restoring restoring;
  private final AccessToken token;

  Router(Map<String, Endpoint> endpoints, Restoring restoring, AccessToken token) {
    this.endpoints = endpoints;
    this.restoring = restoring;
    this.token = token;
  }

  void answer(HttpExchange exchange) throws IOException {
    try {
      send(exchange, 200, reply(exchange));
    } catch (HttpFailure failure) {
      // What is left of the body may make the server close the connection; better say so.
      exchange.getResponseHeaders().set("Connection", "close");
      send(exchange, failure.status(), failure.body());
    } catch (RuntimeException bug) {
      LOG.error("a request failed unexpectedly", bug);
      HttpFailure failure =
          new HttpFailure(
              Problem.PREDICTION_FAILED, "the request failed; the server's log has why");
      send(exchange, failure.status(), failure.body());
    }
  }

  private byte[] reply(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.equals("/health")) {
      allow(exchange, "GET");
      return Json.write(Json.object().put("status", "ok"));
    }
    authorize(exchange);
    if (!path.startsWith(ENDPOINTS) || path.length() == ENDPOINTS.length()) {
      throw new HttpFailure(
          Problem.NOT_FOUND, "there is nothing here; POST to /v1/endpoints/<endpoint>/predict");
    }
    String rest = path.substring(ENDPOINTS.length());
    if (rest.endsWith(PREDICT)) {
      allow(exchange, "POST");
      String name = decode(rest.substring(0, rest.length() - PREDICT.length()));
      byte[] body = body(exchange);
      return with(name, served -> predict(served, body));
    }
    allow(exchange, "GET");
    return with(decode(rest), served -> Replies.signature(decode(rest), served));
  }

  private static byte[] predict(Served served, byte[] body) {
    RequestRows rows = RequestRows.read(body, served.signature());
    if (rows.features().isEmpty()) {
      return Replies.predictions(rows, List.of(), served);
    }
    try {
      return Replies.predictions(rows, served.predictor().predict(rows.features()), served);
    } catch (WeftException failure) {
      throw failed(failure, served.signature());
    }
  }

  private static HttpFailure failed(WeftException why, ModelSignature signature) {
    Diagnostic failure = why.diagnostics().get(0);
    if (failure.code() == ErrorCode.PREDICTION_DATA) {
      // Of all kinds only images can be wrong in a way that nobody sees before the model does.
      Optional<String> field =
          signature.inputs().stream()
              .filter(feature -> feature.kind() == FeatureKind.IMAGE)
              .map(Feature::name)
              .findFirst();
      return new HttpFailure(Problem.WRONG_TYPE, failure.message(), field);
    }
    LOG.warn("a prediction failed", why);
    return new HttpFailure(
        failure.code() == ErrorCode.RUNTIME_FAILED
            ? Problem.UNAVAILABLE
            : Problem.PREDICTION_FAILED,
        failure.message());
  }

  /** Works with the endpoint's model, which stays open meanwhile. */
  private byte[] with(String name, Function<Served, byte[]> work) {
    while (true) {
      Endpoint endpoint = endpoints.get(name);
      if (endpoint == null && restoring.await()) {
        endpoint = endpoints.get(name);
      }
      if (endpoint == null) {
        throw new HttpFailure(
            Problem.ENDPOINT_NOT_FOUND,
            "there is no endpoint '%s'%s"
                .formatted(name, Nearest.hintOrList(name, endpoints.keySet())));
      }
      if (endpoint.enter()) {
        try {
          return work.apply(endpoint.served());
        } finally {
          endpoint.leave();
        }
      }
    }
  }

  private void authorize(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    boolean bearer = header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ");
    if (!bearer || !token.matches(header.substring("bearer ".length()).trim())) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new HttpFailure(
          Problem.UNAUTHORIZED,
          "the token is missing or wrong; send 'Authorization: Bearer …' with the server's token");
    }
  }

  private static void allow(HttpExchange exchange, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new HttpFailure(
          Problem.METHOD_NOT_ALLOWED,
          "this address takes " + method + ", not " + exchange.getRequestMethod());
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      // A client that is still sending when the connection closes would not see the answer.
      long drained = 0;
      while (drained < LONGEST_DRAIN && exchange.getRequestBody().read(body) >= 0) {
        drained += body.length;
      }
      throw new HttpFailure(
          Problem.TOO_LARGE,
          "the body is larger than %d MiB; send several requests".formatted(LARGEST_BODY >> 20));
    }
    return body;
  }

  private static String decode(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new HttpFailure(Problem.NOT_FOUND, "the address is malformed");
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}

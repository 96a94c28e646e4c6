package dev.weft.engine.task;

import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.ServePlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One request to a new endpoint, as its users will send them. */
final class SelfTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private SelfTest() {}

  /** The answer's body, on one line; SERVE_FAILED unless the status is 200. */
  static String post(URI url, String token, String body, ServePlan plan) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw failed(plan, "it answered " + response.statusCode() + " " + response.body());
      }
      return response.body().strip();
    } catch (IOException e) {
      throw failed(plan, "it did not answer (" + e + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ErrorCode.CANCELLED.failure(plan.span());
    }
  }

  /** The same request as a line for a shell; single quotes in the body are escaped for it. */
  static String curl(URI url, String token, String body) {
    return "curl -s -H 'Authorization: Bearer "
        + token
        + "' -d '"
        + body.replace("'", "'\\''")
        + "' "
        + url;
  }

  private static RuntimeException failed(ServePlan plan, String reason) {
    return ErrorCode.SERVE_FAILED.failure(plan.span(), plan.endpoint(), reason);
  }
}

package dev.weft.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.server.wire.Json;
import java.util.Optional;

/** A request that gets an error as its answer: one sentence, and the row and field at fault. */
final class HttpFailure extends RuntimeException {

  private final Problem problem;
  private final transient Optional<Integer> row;
  private final transient Optional<String> field;

  HttpFailure(Problem problem, String sentence) {
    this(problem, sentence, Optional.empty(), Optional.empty());
  }

  HttpFailure(Problem problem, String sentence, int row, Optional<String> field) {
    this(problem, sentence, Optional.of(row), field);
  }

  HttpFailure(Problem problem, String sentence, Optional<String> field) {
    this(problem, sentence, Optional.empty(), field);
  }

  private HttpFailure(
      Problem problem, String sentence, Optional<Integer> row, Optional<String> field) {
    super(sentence, null, false, false);
    this.problem = problem;
    this.row = row;
    this.field = field;
  }

  int status() {
    return problem.status();
  }

  /** The body: {@code {"error": {"code", "message", "row", "field"}}}; rows count from 0. */
  byte[] body() {
    ObjectNode error =
        Json.object().put("code", problem.name()).put("message", String.valueOf(getMessage()));
    row.ifPresent(number -> error.put("row", number));
    field.ifPresent(name -> error.put("field", name));
    return Json.write(Json.object().set("error", error));
  }
}

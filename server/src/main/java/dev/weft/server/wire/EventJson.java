package dev.weft.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.engine.Progress;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a running script tells, one JSON object per event. */
public final class EventJson {

  /** The event whose {@code ticket} fetches rows; the script waits until they are read. */
  public static final String ROWS = "rows";

  /** The last event of a script that failed. */
  public static final String FAILED = "failed";

  /** The event that carries what a check found. */
  public static final String FOUND = "found";

  /** The last event of a script that ended well. */
  public static final String DONE = "done";

  private EventJson() {}

  /** A statement starts. */
  public static ObjectNode started(int number, int total, String title) {
    return event("started").put("number", number).put("total", total).put("title", title);
  }

  /** How far it is. */
  public static ObjectNode progress(Progress progress) {
    ObjectNode node =
        event("progress")
            .put("what", progress.what())
            .put("done", progress.done())
            .put("total", progress.total())
            .put("unit", progress.unit());
    progress.metric().ifPresent(metric -> node.put("metric", metric));
    progress.value().ifPresent(value -> node.put("value", value));
    progress.secondsLeft().ifPresent(seconds -> node.put("seconds_left", seconds));
    return node;
  }

  /** A warning. */
  public static ObjectNode warning(Diagnostic warning, Source sent) {
    return event("warning").set("diagnostic", DiagnosticJson.write(warning, sent));
  }

  /** A line for the person. */
  public static ObjectNode note(String line) {
    return event("note").put("line", line);
  }

  /** Something that outlasts the run. */
  public static ObjectNode produced(String what, String where) {
    return event("produced").put("what", what).put("where", where);
  }

  /** Rows to fetch. */
  public static ObjectNode rows(byte[] ticket) {
    return event(ROWS).put("ticket", ticket);
  }

  /** A statement ended well. */
  public static ObjectNode finished(int number, int total, String outcome, Duration took) {
    return event("finished")
        .put("number", number)
        .put("total", total)
        .put("outcome", outcome)
        .put("nanos", took.toNanos());
  }

  /** What a check found, perhaps nothing. */
  public static ObjectNode found(List<Diagnostic> diagnostics, Source sent) {
    return event(FOUND).set("diagnostics", DiagnosticJson.write(diagnostics, sent));
  }

  /** The script ended with errors. */
  public static ObjectNode failed(List<Diagnostic> diagnostics, Source sent) {
    return event(FAILED).set("diagnostics", DiagnosticJson.write(diagnostics, sent));
  }

  /** The script ended well. */
  public static ObjectNode done() {
    return event(DONE);
  }

  /** Which event a message is. */
  public static String kind(JsonNode event) {
    return event.path("event").asText();
  }

  /** Tells a listener of an event without rows; kinds unknown here are passed over. */
  public static void tell(JsonNode event, Source sent, SessionListener listener) {
    int number = event.path("number").asInt();
    int total = event.path("total").asInt();
    switch (kind(event)) {
      case "started" -> listener.started(number, total, event.path("title").asText());
      case "progress" -> listener.progress(readProgress(event));
      case "warning" -> listener.warning(DiagnosticJson.readOne(event.path("diagnostic"), sent));
      case "note" -> listener.note(event.path("line").asText());
      case "produced" ->
          listener.produced(event.path("what").asText(), event.path("where").asText());
      case "finished" ->
          listener.finished(
              number,
              total,
              event.path("outcome").asText(),
              Duration.ofNanos(event.path("nanos").asLong()));
      default -> {}
    }
  }

  private static Progress readProgress(JsonNode event) {
    return new Progress(
        event.path("what").asText(),
        event.path("done").asLong(),
        event.path("total").asLong(),
        event.path("unit").asText(),
        Optional.ofNullable(event.path("metric").textValue()),
        number(event, "value"),
        number(event, "seconds_left"));
  }

  private static OptionalDouble number(JsonNode event, String field) {
    return event.has(field)
        ? OptionalDouble.of(event.path(field).asDouble())
        : OptionalDouble.empty();
  }

  private static ObjectNode event(String kind) {
    return Json.object().put("event", kind);
  }
}

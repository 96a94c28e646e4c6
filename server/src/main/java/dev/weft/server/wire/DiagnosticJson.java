package dev.weft.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.DiagnosticPrinter;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Diagnostics as JSON: code, message and place, and {@code printed}, the three lines for a person,
 * for clients that have no printer of their own.
 */
public final class DiagnosticJson {

  private static final int MOST = 200;

  private DiagnosticJson() {}

  /** Writes diagnostics; the text of a source goes along unless the client sent it itself. */
  public static ArrayNode write(List<Diagnostic> diagnostics, Source sent) {
    ArrayNode array = Json.object().arrayNode();
    diagnostics.stream().limit(MOST).forEach(diagnostic -> array.add(write(diagnostic, sent)));
    return array;
  }

  /** Writes one. */
  public static ObjectNode write(Diagnostic diagnostic, Source sent) {
    Span span = diagnostic.span();
    ObjectNode node =
        Json.object()
            .put("code", diagnostic.code().name())
            .put("message", diagnostic.message())
            .put("source", span.source().name())
            .put("start", span.start())
            .put("end", span.end())
            .put("line", span.line())
            .put("column", span.column())
            .put("printed", DiagnosticPrinter.print(diagnostic));
    if (!span.source().equals(sent)) {
      node.put("text", span.source().text());
    }
    return node;
  }

  /** Reads diagnostics whose sources without text are the one sent. */
  public static List<Diagnostic> read(JsonNode array, Source sent) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    array.forEach(node -> diagnostics.add(readOne(node, sent)));
    return diagnostics;
  }

  /** Reads one. */
  public static Diagnostic readOne(JsonNode node, Source sent) {
    Source source =
        node.has("text")
            ? new Source(node.path("source").asText(), node.path("text").asText())
            : sent;
    int length = source.text().length();
    int start = Math.min(node.path("start").asInt(), length);
    int end = Math.max(start, Math.min(node.path("end").asInt(), length));
    return new Diagnostic(new Span(source, start, end), code(node), node.path("message").asText());
  }

  /** A newer server may have codes that this client does not. */
  private static ErrorCode code(JsonNode node) {
    try {
      return ErrorCode.valueOf(node.path("code").asText());
    } catch (IllegalArgumentException unknown) {
      return ErrorCode.STATEMENT_FAILED;
    }
  }
}

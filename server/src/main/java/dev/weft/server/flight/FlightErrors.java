package dev.weft.server.flight;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.DiagnosticPrinter;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as Flight statuses: the text a terminal would show, never a stack trace. */
final class FlightErrors {

  private static final Logger LOG = LoggerFactory.getLogger(FlightErrors.class);

  /** Statuses travel as HTTP headers, of which clients take 8 KB; letters may take three bytes. */
  private static final int LONGEST = 2000;

  private FlightErrors() {}

  /** The status for whatever went wrong. */
  static FlightRuntimeException of(Throwable failure) {
    if (failure instanceof FlightRuntimeException flight) {
      return flight;
    }
    List<Diagnostic> diagnostics = diagnostics(failure);
    String text = diagnostics.stream().map(FlightErrors::print).collect(Collectors.joining("\n"));
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
    return status(diagnostics.get(0).code()).withDescription(shown).toRuntimeException();
  }

  /** What to tell the user of a failure: its diagnostics, or that it is a bug of ours. */
  static List<Diagnostic> diagnostics(Throwable failure) {
    if (failure instanceof WeftException weft) {
      return weft.diagnostics();
    }
    LOG.error("a call failed unexpectedly", failure);
    Span nowhere = Span.all(new Source("<server>", ""));
    return List.of(ErrorCode.INTERNAL.at(nowhere, failure.toString()));
  }

  /** What has no place in a text has no line to show either. */
  private static String print(Diagnostic diagnostic) {
    return diagnostic.span().source().text().isEmpty()
        ? "error " + diagnostic.code() + ": " + diagnostic.message()
        : DiagnosticPrinter.print(diagnostic);
  }

  private static CallStatus status(ErrorCode code) {
    return switch (code.blame()) {
      case SCRIPT, USAGE, ASSERTION -> CallStatus.INVALID_ARGUMENT;
      case RUN -> CallStatus.UNKNOWN;
      case CONNECTION -> CallStatus.UNAVAILABLE;
      case LIMIT ->
          code == ErrorCode.TIMED_OUT ? CallStatus.TIMED_OUT : CallStatus.RESOURCE_EXHAUSTED;
      case BUG -> CallStatus.INTERNAL;
      case INTERRUPTED -> CallStatus.CANCELLED;
    };
  }
}

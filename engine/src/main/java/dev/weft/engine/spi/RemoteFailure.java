package dev.weft.engine.spi;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on an executor: a code, its sentence, and a place if the fault is in a text of
 * the user's. The driver finds it among the causes of its job's failure and gives it the
 * statement's place where it has none.
 */
public final class RemoteFailure extends RuntimeException {

  private static final long serialVersionUID = 3L;

  private final ErrorCode code;
  private final @Nullable Place place;
  private final boolean whole;

  private RemoteFailure(ErrorCode code, String message, @Nullable Place place, boolean whole) {
    super(message);
    this.code = code;
    this.place = place;
    this.whole = whole;
  }

  public RemoteFailure(ErrorCode code, String message) {
    this(code, message, null, false);
  }

  /** A failure that knows its place. */
  public RemoteFailure(ErrorCode code, String message, Place place) {
    this(code, message, place, false);
  }

  /** An error that was found already, whose sentence is whole. */
  public static RemoteFailure of(Diagnostic said) {
    return new RemoteFailure(said.code(), said.message(), null, true);
  }

  /** A place in a text that travels with it. */
  public record Place(String file, String text, int start, int end) implements Serializable {

    /** The place of a span. */
    public static Place of(Span span) {
      return new Place(span.source().name(), span.source().text(), span.start(), span.end());
    }

    private Span span() {
      return new Span(new Source(file, text), start, end);
    }
  }

  /** The first one among an exception and its causes. */
  public static Optional<RemoteFailure> in(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++, cause = cause.getCause()) {
      if (cause instanceof RemoteFailure found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /** The error as a user sees it. */
  public WeftException at(Span span) {
    Span there = place == null ? span : place.span();
    String message = String.valueOf(getMessage());
    return whole
        ? new WeftException(new Diagnostic(there, code, message))
        : code.failure(there, message);
  }

  /** What kind of error it is. */
  public ErrorCode code() {
    return code;
  }
}

package dev.weft.engine.spi;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import java.util.Optional;

/**
 * What goes wrong on an executor, which knows no place in a script: a code and its sentence. The
 * driver finds it among the causes of its job's failure and gives it the statement's place.
 */
public final class RemoteFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public RemoteFailure(ErrorCode code, String message) {
    super(message);
    this.code = code;
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
    return code.failure(span, String.valueOf(getMessage()));
  }

  /** What kind of error it is. */
  public ErrorCode code() {
    return code;
  }
}

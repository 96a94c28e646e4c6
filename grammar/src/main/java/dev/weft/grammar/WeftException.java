package dev.weft.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error with its place, or several that were found together, on their way to the user. */
public final class WeftException extends RuntimeException {

  private final transient List<Diagnostic> diagnostics;

  public WeftException(Diagnostic diagnostic) {
    this(List.of(diagnostic), null);
  }

  public WeftException(Diagnostic diagnostic, @Nullable Throwable cause) {
    this(List.of(diagnostic), cause);
  }

  public WeftException(List<Diagnostic> diagnostics) {
    this(diagnostics, null);
  }

  private WeftException(List<Diagnostic> diagnostics, @Nullable Throwable cause) {
    super(null, cause);
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** The first of them; made only when asked for, since a place takes counting lines. */
  @Override
  public String getMessage() {
    return diagnostics.get(0).toString();
  }

  /** What went wrong, at least one, in the order of the text. */
  public List<Diagnostic> diagnostics() {
    return diagnostics;
  }
}

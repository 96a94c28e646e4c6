package dev.weft.grammar;

/**
 * One error with its code, place and sentence.
 *
 * @param message one sentence without code or place
 */
public record Diagnostic(Span span, ErrorCode code, String message) {

  /** {@code file:line:col: error CODE: sentence}, without the source line. */
  @Override
  public String toString() {
    return span.place() + ": error " + code + ": " + message;
  }
}

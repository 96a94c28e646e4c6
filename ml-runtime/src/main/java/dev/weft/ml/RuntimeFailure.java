package dev.weft.ml;

/** Why the runtime cannot work, as the end of a sentence that begins with "the … runtime". */
final class RuntimeFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RuntimeFailure(String message) {
    super(message);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}

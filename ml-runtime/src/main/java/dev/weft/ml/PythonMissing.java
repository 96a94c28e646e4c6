package dev.weft.ml;

/** Why there is no Python to run on, in a sentence for the user. */
public final class PythonMissing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PythonMissing(String message) {
    super(message);
  }
}

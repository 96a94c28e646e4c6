package dev.weft.repl.cli;

/** A command line that cannot be followed; the message says what to write instead. */
public final class UsageFailure extends RuntimeException {

  public UsageFailure(String message) {
    super(message);
  }
}

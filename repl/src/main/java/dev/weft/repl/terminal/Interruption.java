package dev.weft.repl.terminal;

import dev.weft.engine.Session;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ctrl-C while a statement runs: cancels it; when that does not help, another one ends weft. */
final class Interruption {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final PrintStream err;
  private @Nullable Session session;
  private long first;

  Interruption(PrintStream err) {
    this.err = err;
  }

  /** The session whose statement is meant. */
  synchronized void cancels(Session running) {
    session = running;
    if (first != 0) {
      running.cancel();
    }
  }

  synchronized void arrived() {
    if (first == 0) {
      first = System.nanoTime();
      if (session != null) {
        session.cancel();
      }
    } else if (System.nanoTime() - first > PATIENCE.toNanos()) {
      System.exit(130);
    } else {
      err.println("cancelling; Ctrl-C again in a while ends weft");
    }
  }
}

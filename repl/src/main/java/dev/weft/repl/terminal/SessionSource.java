package dev.weft.repl.terminal;

import dev.weft.engine.Names;
import dev.weft.engine.Session;
import dev.weft.repl.cli.Host;
import dev.weft.repl.cli.Target;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The terminal's session: opened in the background, so that the prompt is there at once. */
final class SessionSource implements AutoCloseable {

  private final CompletableFuture<Open> opening;
  private Optional<Names> names = Optional.empty();

  SessionSource(Host.Opener opener, Target target) {
    opening =
        CompletableFuture.supplyAsync(
            () -> Open.at(opener, target), action -> start(new Thread(action, "weft-start")));
  }

  /** A host with its one session. */
  private record Open(Host host, Session session) {
    static Open at(Host.Opener opener, Target target) {
      Host host = opener.open(target);
      return new Open(host, host.newSession());
    }
  }

  /** The session; waits until it is there. */
  Session session() {
    try {
      return opening.join().session();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Whether the session is there, or has failed to come. */
  boolean ready() {
    return opening.isDone();
  }

  /** Whether it cannot come any more. */
  boolean failed() {
    return opening.isCompletedExceptionally();
  }

  /** The session's names, asked once per statement; nothing while it starts. */
  synchronized Optional<Names> names() {
    if (names.isEmpty() && ready() && !failed()) {
      names = Optional.of(session().names());
    }
    return names;
  }

  /** Names may have changed. */
  synchronized void refresh() {
    names = Optional.empty();
  }

  /** Closes the session at once, or when it has come after all. */
  @Override
  public void close() {
    CompletableFuture<Boolean> closed =
        opening.handle(
            (open, failure) -> {
              if (open != null) {
                open.session().close();
                open.host().close();
              }
              return true;
            });
    if (opening.isDone()) {
      closed.join();
    }
  }

  private static void start(Thread thread) {
    thread.setDaemon(true);
    thread.start();
  }
}

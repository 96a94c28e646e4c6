package dev.weft.ml;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for calls that block, and stops waiting when the user or the clock says so. */
final class Waiting {

  private static final long POLL_MILLIS = 50;

  private final Run run;
  private final Optional<Duration> limit;
  private final long start = System.nanoTime();

  Waiting(Run run, Optional<Duration> limit) {
    this.run = run;
    this.limit = limit;
  }

  /** The result of a blocking call made by a thread of its own; its exceptions come unwrapped. */
  <T> T on(Supplier<T> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(future, call), "weft-ml-call");
    thread.setDaemon(true);
    thread.start();
    while (true) {
      check();
      try {
        return future.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Not yet: look at user and clock again.
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ErrorCode.CANCELLED.failure(run.span());
      }
    }
  }

  /** Throws when it is time to stop. */
  void check() {
    if (run.cancelled().getAsBoolean()) {
      throw ErrorCode.CANCELLED.failure(run.span());
    }
    if (limit.isPresent() && System.nanoTime() - start > limit.get().toNanos()) {
      throw ErrorCode.TIMED_OUT.failure(run.span(), limit.get().toSeconds() + " s");
    }
  }

  private static <T> void complete(CompletableFuture<T> future, Supplier<T> call) {
    try {
      future.complete(call.get());
    } catch (RuntimeException | java.lang.Error e) {
      future.completeExceptionally(e);
    }
  }
}

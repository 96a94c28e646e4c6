package dev.weft.engine;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.planner.TimeLimit;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The runs of a session that have begun and not ended, so that all of them can be stopped. */
final class Runs {

  /** Ten progress events a second are as many as a person can read. */
  private static final long INTERVAL_NANOS = 100_000_000L;

  private static final long AGAIN_MILLIS = 500;

  private final Map<String, Active> active = new ConcurrentHashMap<>();
  private final Consumer<String> stop;
  private volatile AtomicBoolean script = new AtomicBoolean();

  /**
   * Keeps runs.
   *
   * @param stop what stops the work of the run with that id
   */
  Runs(Consumer<String> stop) {
    this.stop = stop;
  }

  /** A script begins: until the next one, cancelling also means what of it has not begun yet. */
  void beginScript() {
    script = new AtomicBoolean();
  }

  Run begin(Span span, SessionListener listener, TimeLimit limit) {
    String id = UUID.randomUUID().toString();
    Active begun = new Active(limit);
    active.put(id, begun);
    limit.most().ifPresent(most -> begun.watch(most, () -> stop.accept(id)));
    return new Run(id, span, throttled(listener), begun.cancelled::get, listener::note);
  }

  void end(Run run) {
    Active ended = active.remove(run.id());
    if (ended != null) {
      ended.ended.countDown();
    }
  }

  /** Marks the script and every active run as cancelled, then stops each. */
  void cancel() {
    script.set(true);
    active.forEach((id, run) -> run.stop(() -> stop.accept(id)));
  }

  /** Throws when the script was cancelled between two of its statements. */
  void checkScript(Span next) {
    if (script.get()) {
      throw ErrorCode.CANCELLED.failure(next);
    }
  }

  /** Throws when an active run was stopped, by its user or by the clock. */
  void check(Run run) {
    Active checked = active.get(run.id());
    if (checked != null && checked.late) {
      throw ErrorCode.TIMED_OUT.failure(run.span(), checked.limit);
    }
    if (checked != null && checked.cancelled.get()) {
      throw ErrorCode.CANCELLED.failure(run.span());
    }
  }

  /** A run that has not ended. */
  private static final class Active {

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean insisting = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final TimeLimit limit;
    private volatile boolean late;

    Active(TimeLimit limit) {
      this.limit = limit;
    }

    /** Waits beside the run; one that has ended by then is left alone. */
    void watch(Duration most, Runnable stop) {
      start(
          () -> {
            if (!ended.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
              late = true;
              stop(stop);
            }
            return null;
          });
    }

    /** Stops the run, and goes on: a job that starts only after the first call is missed by it. */
    void stop(Runnable stop) {
      cancelled.set(true);
      stop.run();
      if (insisting.compareAndSet(false, true)) {
        start(
            () -> {
              while (!ended.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                stop.run();
              }
              return null;
            });
      }
    }

    private static void start(Callable<?> work) {
      Thread thread = new Thread(new FutureTask<>(work), "weft-stop");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static Consumer<Progress> throttled(SessionListener listener) {
    AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);
    AtomicReference<String> latest = new AtomicReference<>("");
    return progress -> {
      long now = System.nanoTime();
      long before = last.get();
      boolean end = progress.total() > 0 && progress.done() >= progress.total();
      // The first of something else may be its last for long.
      boolean other = !progress.what().equals(latest.getAndSet(progress.what()));
      if ((other || end || now - before >= INTERVAL_NANOS) && last.compareAndSet(before, now)) {
        listener.progress(progress);
      }
    };
  }
}

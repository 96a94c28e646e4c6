package dev.weft.engine;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.Span;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The runs of a session that have begun and not ended, so that all of them can be cancelled. */
final class Runs {

  /** Ten progress events a second are as many as a person can read. */
  private static final long INTERVAL_NANOS = 100_000_000L;

  private final Map<String, AtomicBoolean> active = new ConcurrentHashMap<>();

  Run begin(Span span, SessionListener listener) {
    String id = UUID.randomUUID().toString();
    AtomicBoolean cancelled = new AtomicBoolean();
    active.put(id, cancelled);
    return new Run(id, span, throttled(listener), cancelled::get);
  }

  void end(Run run) {
    active.remove(run.id());
  }

  /** Marks every active run as cancelled, then tells each one's id. */
  void cancel(Consumer<String> stop) {
    active.forEach(
        (id, cancelled) -> {
          cancelled.set(true);
          stop.accept(id);
        });
  }

  private static Consumer<Progress> throttled(SessionListener listener) {
    AtomicLong last = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);
    return progress -> {
      long now = System.nanoTime();
      long before = last.get();
      boolean end = progress.total() > 0 && progress.done() >= progress.total();
      if ((end || now - before >= INTERVAL_NANOS) && last.compareAndSet(before, now)) {
        listener.progress(progress);
      }
    };
  }
}

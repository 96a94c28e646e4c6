package dev.weft.server.flight;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightProducer.CallContext;

/** Looks whether a client has given up a call that has no callback for it. */
final class CancelWatch implements AutoCloseable {

  private static final long EVERY_MILLIS = 100;

  private static final ScheduledExecutorService CLOCK =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "weft-cancel-watch");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> ticking;
  private volatile boolean seen;

  /** Calls {@code onCancel} once when the call is cancelled before the watch is closed. */
  CancelWatch(CallContext call, Runnable onCancel) {
    ticking =
        CLOCK.scheduleWithFixedDelay(
            () -> {
              if (!seen && call.isCancelled()) {
                seen = true;
                onCancel.run();
              }
            },
            EVERY_MILLIS,
            EVERY_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Whether the client gave up. */
  boolean isCancelled() {
    return seen;
  }

  @Override
  public void close() {
    ticking.cancel(false);
  }
}

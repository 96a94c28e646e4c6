package dev.weft.server.flight;

import dev.weft.engine.Rows;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.FlightRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread that has rows meets the call that fetches them, once. The thread that ran the
 * statement also reads its rows, as their contract asks.
 */
final class HandedRows implements Ticketed {

  private static final long UNFETCHED_MINUTES = 10;
  private static final long LOOK_MILLIS = 100;

  private final ClientSession owner;
  private final Runnable onCancel;
  private @Nullable Outflow fetched;
  private @Nullable Throwable failure;
  private boolean over;

  /** Calls {@code onCancel} when the fetching client stops before the end. */
  HandedRows(ClientSession owner, Runnable onCancel) {
    this.owner = owner;
    this.onCancel = onCancel;
  }

  /**
   * Waits for the fetching call and sends it the rows. A failure of the rows is thrown; a client
   * that stops reading has simply seen enough.
   */
  void hand(Rows rows, BooleanSupplier abandoned) {
    try {
      Optional<Outflow> outflow = await(abandoned);
      if (outflow.isPresent()) {
        owner.send(rows, outflow.get());
      }
    } catch (FlightRuntimeException stopped) {
      return;
    } finally {
      end(null);
    }
  }

  /** Fails the fetching call, whenever it comes. */
  void fail(Throwable cause) {
    Outflow outflow = end(cause);
    if (outflow != null) {
      outflow.fail(cause);
    }
  }

  @Override
  public void fetch(ServerStreamListener listener) {
    Outflow outflow = new Outflow(listener);
    boolean late;
    Throwable cause;
    synchronized (this) {
      cause = failure;
      late = fetched != null || (over && cause == null);
      fetched = late ? fetched : outflow;
      notifyAll();
    }
    if (late) {
      outflow.fail(
          CallStatus.INVALID_ARGUMENT
              .withDescription(
                  "this result was fetched already or is too old; run the statement again")
              .toRuntimeException());
    } else if (cause != null) {
      outflow.fail(cause);
    } else {
      outflow.onCancel(onCancel);
    }
  }

  @Override
  public boolean cancel() {
    Outflow outflow;
    boolean running;
    synchronized (this) {
      outflow = fetched;
      running = !over;
    }
    if (outflow != null) {
      outflow.cancel();
    }
    return running;
  }

  private synchronized @Nullable Outflow end(@Nullable Throwable cause) {
    over = true;
    failure = cause;
    return fetched;
  }

  private synchronized Optional<Outflow> await(BooleanSupplier abandoned) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(UNFETCHED_MINUTES);
    while (fetched == null && !abandoned.getAsBoolean() && System.nanoTime() - deadline < 0) {
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.ofNullable(fetched);
  }
}

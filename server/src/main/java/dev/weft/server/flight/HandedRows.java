package dev.weft.server.flight;

import dev.weft.engine.Rows;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.FlightRuntimeException;

/**
 * Where a thread that has rows meets the call that fetches them, once. The thread that ran the
 * statement also reads its rows, as their contract asks.
 */
final class HandedRows implements Ticketed {

  private static final long UNFETCHED_MINUTES = 10;

  private final ClientSession owner;
  private final Runnable onCancel;
  private final CompletableFuture<Outflow> fetched = new CompletableFuture<>();
  private volatile boolean over;

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
      over = true;
    }
  }

  /** Fails the fetching call, whenever it comes. */
  void fail(Throwable failure) {
    over = true;
    fetched.thenAccept(outflow -> outflow.fail(failure));
  }

  @Override
  public void fetch(ServerStreamListener listener) {
    Outflow outflow = new Outflow(listener);
    if (fetched.complete(outflow)) {
      outflow.onCancel(onCancel);
    } else {
      outflow.fail(
          CallStatus.INVALID_ARGUMENT
              .withDescription("this result was fetched already; run the statement again")
              .toRuntimeException());
    }
  }

  @Override
  public boolean cancel() {
    fetched.thenAccept(Outflow::cancel);
    return !over;
  }

  private Optional<Outflow> await(BooleanSupplier abandoned) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(UNFETCHED_MINUTES);
    while (!abandoned.getAsBoolean() && System.nanoTime() - deadline < 0) {
      try {
        return Optional.of(fetched.get(100, TimeUnit.MILLISECONDS));
      } catch (TimeoutException notYet) {
        continue;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return Optional.empty();
  }
}

package dev.weft.server.flight;

import dev.weft.engine.Rows;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One stream of rows to a client, no faster than the client reads.
 *
 * <p>The call's own thread must be free for its callbacks, so rows are sent from another thread.
 */
final class Outflow {

  /** A client that takes nothing for so long is given up. */
  private static final long STALLED_MINUTES = 10;

  private static final long WAKE_MILLIS = 200;

  private final ServerStreamListener listener;
  private final Object changed = new Object();
  private volatile boolean cancelled;
  private volatile boolean over;
  private volatile Runnable onCancel = () -> {};

  Outflow(ServerStreamListener listener) {
    this.listener = listener;
    listener.setUseZeroCopy(true);
    listener.setOnReadyHandler(this::wake);
    listener.setOnCancelHandler(this::cancel);
  }

  /** Stops the stream, from any thread. */
  void cancel() {
    if (!over) {
      cancelled = true;
      onCancel.run();
      wake();
    }
  }

  /** What to do when the client goes away or cancels; runs at once when it has. */
  void onCancel(Runnable action) {
    onCancel = action;
    if (cancelled || listener.isCancelled()) {
      cancel();
    }
  }

  boolean isCancelled() {
    return cancelled || listener.isCancelled();
  }

  /**
   * Sends all rows and ends the stream. A failure of the rows ends the stream with it, and is
   * thrown.
   */
  void send(Rows rows, Schema schema, BufferAllocator allocator) {
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      BatchCopier copier = new BatchCopier(root, allocator);
      listener.start(root);
      for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
        copier.copy(batch, this::put);
        if (isCancelled()) {
          throw CallStatus.CANCELLED.withDescription("the client cancelled").toRuntimeException();
        }
      }
      over = true;
      listener.completed();
    } catch (RuntimeException | Error failure) {
      fail(failure);
      throw failure;
    }
  }

  /** Ends the stream with an error. */
  void fail(Throwable failure) {
    if (!over) {
      over = true;
      listener.error(FlightErrors.of(failure));
    }
  }

  private void put() {
    awaitReady();
    listener.putNext();
  }

  private void awaitReady() {
    try {
      awaitReady(System.nanoTime() + TimeUnit.MINUTES.toNanos(STALLED_MINUTES));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      cancelled = true;
    }
    if (isCancelled()) {
      throw CallStatus.CANCELLED.withDescription("the client cancelled").toRuntimeException();
    }
  }

  private void awaitReady(long deadline) throws InterruptedException {
    synchronized (changed) {
      while (!listener.isReady() && !isCancelled()) {
        if (System.nanoTime() - deadline > 0) {
          throw CallStatus.TIMED_OUT
              .withDescription("the client read nothing for " + STALLED_MINUTES + " minutes")
              .toRuntimeException();
        }
        // Wakes by itself now and then, should a callback have come before the wait.
        changed.wait(WAKE_MILLIS);
      }
    }
  }

  private void wake() {
    synchronized (changed) {
      changed.notifyAll();
    }
  }
}

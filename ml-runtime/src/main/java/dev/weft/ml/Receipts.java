package dev.weft.ml;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.arrow.flight.FlightClient.PutListener;
import org.apache.arrow.flight.PutResult;

/** What comes back from a DoPut: one message, then the end. */
final class Receipts implements PutListener {

  private final CompletableFuture<byte[]> message = new CompletableFuture<>();
  private final CompletableFuture<Boolean> end = new CompletableFuture<>();

  @Override
  public void onNext(PutResult result) {
    byte[] bytes = new byte[(int) result.getApplicationMetadata().readableBytes()];
    result.getApplicationMetadata().getBytes(0, bytes);
    message.complete(bytes);
  }

  @Override
  public void onError(Throwable failure) {
    message.completeExceptionally(failure);
    end.complete(false);
  }

  @Override
  public void onCompleted() {
    message.completeExceptionally(new IllegalStateException("no receipt"));
    end.complete(true);
  }

  @Override
  public boolean isCancelled() {
    return ended();
  }

  @Override
  public void getResult() {
    end.join();
  }

  /** Whether the other side is done, well or not. */
  boolean ended() {
    return end.isDone() || message.isDone();
  }

  /** The message. */
  byte[] await(Duration limit) {
    try {
      return message.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw FlightUpload.failed("the actor that takes the rows is gone; run the statement again");
    } catch (TimeoutException e) {
      throw FlightUpload.failed(
          "the actor that takes the rows did not confirm its rows within %d s"
              .formatted(limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FlightUpload.failed("sending rows was interrupted");
    }
  }

  /** Waits a little for the call's end, after which it holds no buffers. */
  void awaitEnd(Duration limit) {
    try {
      end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It was given up: nothing hangs on how it ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

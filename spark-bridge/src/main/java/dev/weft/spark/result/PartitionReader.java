package dev.weft.spark.result;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.spark.error.SparkErrors;
import dev.weft.spark.result.PartitionRows.Kept;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.storage.BlockId;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one partition in their order. Those of a task in this JVM are taken while it still
 * runs; those of another JVM when it has ended, since a task that is run again may give its rows in
 * another order.
 */
final class PartitionReader {

  private static final long LOOK_MILLIS = 5;

  private final int stream;
  private final int partition;
  private final CompletableFuture<Kept> result;
  private final boolean local;
  private final Run run;
  private int attempt;
  private int taken;

  PartitionReader(
      int stream, int partition, CompletableFuture<Kept> result, boolean local, Run run) {
    this.stream = stream;
    this.partition = partition;
    this.result = result;
    this.local = local;
    this.run = run;
  }

  /** The next batch, or null after the last. */
  byte @Nullable [] next() {
    while (!run.cancelled().getAsBoolean()) {
      // Asked first: a task that has ended by now has put all its batches.
      Kept kept = result.isDone() ? look() : null;
      byte[] batch = kept == null ? early() : late(kept);
      if (batch != null || kept != null) {
        return batch;
      }
      look();
    }
    throw ErrorCode.CANCELLED.failure(run.span());
  }

  /** A batch of a task that still runs, if there is one. */
  private byte @Nullable [] early() {
    return local ? counted(ResultBlocks.take(block(taken))) : null;
  }

  private byte @Nullable [] late(Kept kept) {
    if (taken > 0 && attempt != kept.attempt()) {
      throw lost("a task was run again after some of its rows had been read");
    }
    attempt = kept.attempt();
    if (taken >= kept.batches()) {
      return null;
    }
    byte[] batch = local ? ResultBlocks.take(block(taken)) : ResultBlocks.fetch(block(taken));
    if (batch == null) {
      throw lost("rows were lost with the executor that had computed them");
    }
    return counted(batch);
  }

  private byte @Nullable [] counted(byte @Nullable [] batch) {
    if (batch != null) {
      taken++;
    }
    return batch;
  }

  private RuntimeException lost(String what) {
    return ErrorCode.QUERY_FAILED.failure(run.span(), what + "; run the statement again");
  }

  /** What the task said at its end; null when it has not ended in a while. */
  private @Nullable Kept look() {
    try {
      return result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException running) {
      return null;
    } catch (ExecutionException failed) {
      throw SparkErrors.execution(failed, run);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ErrorCode.CANCELLED.failure(run.span());
    }
  }

  /** Removes what other JVMs still hold of a partition that nobody is going to read. */
  void discard() {
    Kept kept = local ? null : result.exceptionally(failed -> new Kept(0, 0)).getNow(null);
    for (int i = taken; kept != null && i < kept.batches(); i++) {
      ResultBlocks.remove(ResultBlocks.name(stream, partition, kept.attempt(), i));
    }
  }

  private BlockId block(int batch) {
    return ResultBlocks.name(stream, partition, attempt, batch);
  }
}

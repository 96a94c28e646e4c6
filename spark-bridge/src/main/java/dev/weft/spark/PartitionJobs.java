package dev.weft.spark;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The partitions of a query one after the other, as many computed ahead as Spark works on at once:
 * what a reader has not asked for yet stays bounded, and a reader that stops stops the rest.
 */
final class PartitionJobs implements BatchSource {

  private static final long LOOK_MILLIS = 100;

  private final RDD<InternalRow> rows;
  private final Encoding encoding;
  private final Run run;
  private final int partitions;
  private final int together;
  private final Deque<CompletableFuture<byte[][]>> ahead = new ArrayDeque<>();
  private final List<SimpleFutureAction<BoxedUnit>> jobs = new ArrayList<>();
  private int submitted;

  PartitionJobs(RDD<InternalRow> rows, Encoding encoding, Run run) {
    this.rows = rows;
    this.encoding = encoding;
    this.run = run;
    this.partitions = rows.getNumPartitions();
    this.together = Math.max(2, rows.sparkContext().defaultParallelism());
    submit();
  }

  @Override
  public byte @Nullable [][] next() {
    if (ahead.size() <= together) {
      submit();
    }
    CompletableFuture<byte[][]> partition = ahead.poll();
    return partition == null ? null : await(partition);
  }

  private byte[][] await(CompletableFuture<byte[][]> partition) {
    try {
      while (!run.cancelled().getAsBoolean()) {
        byte[][] batches = look(partition);
        if (batches != null) {
          return batches;
        }
      }
    } catch (ExecutionException failed) {
      throw SparkErrors.execution(failed, run);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    throw ErrorCode.CANCELLED.failure(run.span());
  }

  private static byte @Nullable [][] look(CompletableFuture<byte[][]> partition)
      throws InterruptedException, ExecutionException {
    try {
      return partition.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException waiting) {
      return null;
    }
  }

  private void submit() {
    int count = Math.min(together, partitions - submitted);
    if (count <= 0) {
      return;
    }
    List<Object> numbers = new ArrayList<>();
    List<CompletableFuture<byte[][]>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(submitted + i);
      results.add(new CompletableFuture<>());
    }
    submitted += count;
    ahead.addAll(results);
    SparkContext context = rows.sparkContext();
    context.setJobGroup(run.id(), "rows", true);
    SimpleFutureAction<BoxedUnit> job =
        context.submitJob(
            rows,
            encoding,
            CollectionConverters.asScala(numbers).toSeq(),
            new Arrived(results),
            new Nothing());
    jobs.add(job);
    FutureConverters.asJava(job)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                results.forEach(result -> result.completeExceptionally(failure));
              }
            });
  }

  @Override
  public void close() {
    for (SimpleFutureAction<BoxedUnit> job : jobs) {
      if (!job.isCompleted()) {
        job.cancel();
      }
    }
    ahead.clear();
  }

  /** What a task makes of its rows. */
  abstract static class Encoding extends AbstractFunction1<Iterator<InternalRow>, byte[][]>
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static final class Arrived extends AbstractFunction2<Object, byte[][], BoxedUnit> {

    private final List<CompletableFuture<byte[][]>> results;

    Arrived(List<CompletableFuture<byte[][]>> results) {
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Object index, byte[][] batches) {
      results.get((Integer) index).complete(batches);
      return BoxedUnit.UNIT;
    }
  }

  private static final class Nothing extends AbstractFunction0<BoxedUnit> {
    @Override
    public BoxedUnit apply() {
      return BoxedUnit.UNIT;
    }
  }
}

package dev.weft.spark.result;

import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.spark.result.PartitionRows.Kept;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The partitions of a query one after the other, as many computed ahead as Spark works on at once:
 * what a reader has not asked for yet stays bounded, and a reader that stops stops the rest.
 */
final class PartitionJobs implements BatchSource {

  /** What all batches that wait for the reader of one result may take of the memory. */
  private static final long MEMORY = 64L << 20;

  private final RDD<InternalRow> rows;
  private final PartitionRows task;
  private final int stream;
  private final Run run;
  private final int partitions;
  private final int together;
  private final Deque<PartitionReader> ahead = new ArrayDeque<>();
  private final List<SimpleFutureAction<BoxedUnit>> jobs = new ArrayList<>();
  private int submitted;

  PartitionJobs(RDD<InternalRow> rows, StructType type, String zone, Run run) {
    this.rows = rows;
    this.stream = ResultBlocks.open();
    this.run = run;
    this.partitions = rows.getNumPartitions();
    this.together = Math.max(2, rows.sparkContext().defaultParallelism());
    this.task = new PartitionRows(type, zone, stream, MEMORY / (2L * together));
    submit();
  }

  @Override
  public byte @Nullable [] next() {
    PartitionReader partition = ahead.peek();
    while (partition != null) {
      if (ahead.size() <= together) {
        submit();
      }
      byte[] batch = partition.next();
      if (batch != null) {
        return batch;
      }
      ahead.remove();
      partition = ahead.peek();
    }
    if (run.cancelled().getAsBoolean()) {
      throw ErrorCode.CANCELLED.failure(run.span());
    }
    return null;
  }

  private void submit() {
    int count = Math.min(together, partitions - submitted);
    if (count <= 0) {
      return;
    }
    SparkContext context = rows.sparkContext();
    List<Object> numbers = new ArrayList<>();
    List<CompletableFuture<Kept>> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CompletableFuture<Kept> result = new CompletableFuture<>();
      numbers.add(submitted + i);
      results.add(result);
      ahead.add(new PartitionReader(stream, submitted + i, result, context.isLocal(), run));
    }
    submitted += count;
    context.setJobGroup(run.id(), "rows", true);
    SimpleFutureAction<BoxedUnit> job =
        context.submitJob(
            rows,
            task,
            CollectionConverters.asScala(numbers).toSeq(),
            new Arrived(results),
            new Nothing());
    context.clearJobGroup();
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
    if (!rows.sparkContext().isStopped()) {
      ahead.forEach(PartitionReader::discard);
      ResultBlocks.close(stream);
    }
    ahead.clear();
  }

  private static final class Arrived extends AbstractFunction2<Object, Kept, BoxedUnit> {

    private final List<CompletableFuture<Kept>> results;

    Arrived(List<CompletableFuture<Kept>> results) {
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Object index, Kept kept) {
      results.get((Integer) index).complete(kept);
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

package dev.weft.spark.result;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.BlockId;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * What a task makes of its rows: batches in blocks, which the driver takes as they come. As many as
 * the budget allows wait in memory, the others on disk, so a task never waits for a slow reader and
 * its core is free for other queries.
 */
final class PartitionRows extends AbstractFunction1<Iterator<InternalRow>, PartitionRows.Kept>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final String zone;
  private final int stream;
  private final long budget;

  PartitionRows(StructType schema, String zone, int stream, long budget) {
    this.schema = schema;
    this.zone = zone;
    this.stream = stream;
    this.budget = budget;
  }

  @Override
  public Kept apply(Iterator<InternalRow> rows) {
    TaskContext task = TaskContext.get();
    int attempt = Kept.attempt(task);
    int count = 0;
    boolean whole = false;
    try (BatchEncoding batches = new BatchEncoding(rows, schema, zone)) {
      Waiting waiting = new Waiting(budget);
      while (batches.hasNext()) {
        if (task.isInterrupted()) {
          throw new TaskKilledException("cancelled");
        }
        BlockId block = ResultBlocks.name(stream, task.partitionId(), attempt, count);
        waiting.put(block, batches.next());
        count++;
      }
      whole = !task.isInterrupted();
    } finally {
      for (int i = 0; !whole && i <= count; i++) {
        ResultBlocks.removeHere(ResultBlocks.name(stream, task.partitionId(), attempt, i));
      }
    }
    return new Kept(attempt, count);
  }

  /**
   * How many batches a partition has, and under which attempt's names.
   *
   * @param attempt of the task, with the attempt of its stage in the upper bits
   */
  record Kept(int attempt, int batches) implements Serializable {

    static int attempt(TaskContext task) {
      return (task.stageAttemptNumber() & 0x3f) << 6 | task.attemptNumber() & 0x3f;
    }
  }

  /** The batches that wait in memory for the driver. */
  private static final class Waiting {

    private record Batch(BlockId block, int bytes) {}

    private final Deque<Batch> batches = new ArrayDeque<>();
    private final long budget;
    private long bytes;

    Waiting(long budget) {
      this.budget = budget;
    }

    void put(BlockId block, byte[] batch) {
      for (Batch b = batches.peek(); b != null && !ResultBlocks.isHere(b.block); b = next()) {
        bytes -= b.bytes;
      }
      boolean fits = bytes + batch.length <= budget;
      ResultBlocks.put(block, batch, fits);
      if (fits) {
        bytes += batch.length;
        batches.add(new Batch(block, batch.length));
      }
    }

    private @Nullable Batch next() {
      batches.remove();
      return batches.peek();
    }
  }
}

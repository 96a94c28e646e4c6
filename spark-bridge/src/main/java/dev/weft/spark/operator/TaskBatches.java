package dev.weft.spark.operator;

import dev.weft.spark.columns.BlockColumns;
import dev.weft.spark.columns.RowBlock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.util.ArrowUtils;

/** The Arrow side of one task: its memory, and the batches that its rows go out in. */
public final class TaskBatches implements AutoCloseable {

  private final TaskContext task;
  private final Schema schema;
  private final BufferAllocator allocator;

  /**
   * Memory of a task.
   *
   * @param name what the memory is for
   * @param schema of the batches
   */
  public TaskBatches(String name, Schema schema, TaskContext task) {
    this.task = task;
    this.schema = schema;
    this.allocator =
        ArrowUtils.rootAllocator()
            .newChildAllocator(name + "-" + task.taskAttemptId(), 0, Long.MAX_VALUE);
  }

  /** The task's memory. */
  public BufferAllocator allocator() {
    return allocator;
  }

  /** The schema of the batches. */
  public Schema schema() {
    return schema;
  }

  /**
   * A batch of rows, which the caller closes. Its vectors are fresh: the other side may still be
   * writing the ones before.
   *
   * @param columns what of the rows goes out
   */
  public VectorSchemaRoot of(RowBlock rows, BlockColumns columns) {
    VectorSchemaRoot batch = VectorSchemaRoot.create(schema, allocator);
    try {
      columns.write(rows, batch);
      stopIfKilled();
      return batch;
    } catch (RuntimeException failed) {
      batch.close();
      throw failed;
    }
  }

  /** Fails where the task has been cancelled. */
  public void stopIfKilled() {
    if (task.isInterrupted()) {
      throw new TaskKilledException("cancelled");
    }
  }

  @Override
  public void close() {
    allocator.close();
  }
}

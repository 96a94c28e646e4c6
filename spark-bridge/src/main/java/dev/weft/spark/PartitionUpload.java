package dev.weft.spark;

import dev.weft.engine.spi.ArrowSink;
import dev.weft.spark.columns.BlockColumns;
import dev.weft.spark.columns.RowBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.Iterator;

/** Sends one attempt at one partition; an empty one too, so that every receipt names a stream. */
final class PartitionUpload {

  private static final int BATCH = 16_384;

  /** Long texts make a batch end before it has all its rows. */
  private static final int MOST_BYTES = 32 << 20;

  private final ArrowSink sink;
  private final Schema schema;
  private final TaskContext task;
  private final RowBlock block;
  private final BlockColumns columns;

  /**
   * An upload of one task.
   *
   * @param schema what the rows are as Arrow, as JSON
   * @param rows what they are to Spark
   */
  PartitionUpload(ArrowSink sink, String schema, StructType rows, TaskContext task) {
    this.sink = sink;
    this.task = task;
    List<DataType> types = Arrays.stream(rows.fields()).map(StructField::dataType).toList();
    block = new RowBlock(types);
    columns = BlockColumns.all(types);
    try {
      this.schema = Schema.fromJSON(schema);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  ArrowSink.Sent send(Iterator<InternalRow> rows) {
    long attempt = task.taskAttemptId();
    try (BufferAllocator allocator =
            ArrowUtils.rootAllocator().newChildAllocator("upload-" + attempt, 0, Long.MAX_VALUE);
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        ArrowSink.Upload upload = sink.open(task.partitionId(), attempt, allocator, root)) {
      while (rows.hasNext()) {
        fill(root, rows);
        upload.send();
      }
      return upload.commit();
    }
  }

  /** Fresh vectors for each batch: the stream may still be writing the ones before. */
  private void fill(VectorSchemaRoot root, Iterator<InternalRow> rows) {
    if (task.isInterrupted()) {
      throw new TaskKilledException("cancelled");
    }
    root.getFieldVectors().forEach(FieldVector::clear);
    block.fill(rows, BATCH, MOST_BYTES);
    columns.write(block, root);
  }
}

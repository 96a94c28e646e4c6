package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.spark.convert.Catalyst;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** The rows that users' code makes of one task's, a batch at a time. */
final class MappedRows implements Iterator<InternalRow>, AutoCloseable {

  private final Iterator<InternalRow> input;
  private final TaskContext task;
  private final Schema schema;
  private final int batchRows;
  private final UnsafeProjection read;
  private final UnsafeProjection made;
  private final BufferAllocator allocator;
  private final ArrowMap.Stream stream;
  private Iterator<InternalRow> current = Collections.emptyIterator();
  private boolean closed;

  MappedRows(
      Iterator<InternalRow> input,
      ArrowMap map,
      Schema schema,
      List<Expression> inputs,
      List<DataType> outputs,
      TaskContext task) {
    this.input = input;
    this.task = task;
    this.schema = schema;
    this.batchRows = map.batchRows();
    this.read = UnsafeProjection.create(Catalyst.seq(inputs));
    this.made =
        UnsafeProjection.create(
            Catalyst.seq(
                IntStream.range(0, outputs.size())
                    .mapToObj(i -> Catalyst.position(i, outputs.get(i)))
                    .toList()));
    this.allocator =
        ArrowUtils.rootAllocator()
            .newChildAllocator("python-" + task.taskAttemptId(), 0, Long.MAX_VALUE);
    try {
      this.stream = map.open(allocator, schema);
    } catch (RuntimeException failure) {
      allocator.close();
      throw failure;
    }
  }

  @Override
  public boolean hasNext() {
    while (!closed && !current.hasNext()) {
      nextBatch();
    }
    return !closed;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.apply(current.next());
  }

  private void nextBatch() {
    while (stream.wantsInput()) {
      stopIfKilled();
      if (input.hasNext()) {
        sendBatch();
      } else {
        stream.finish();
      }
    }
    stopIfKilled();
    @Nullable VectorSchemaRoot rows = stream.receive();
    if (rows == null) {
      close();
      return;
    }
    ColumnVector[] columns =
        rows.getFieldVectors().stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new);
    current = new ColumnarBatch(columns, rows.getRowCount()).rowIterator();
  }

  /** Fresh vectors for each batch: the other side may still be writing the ones before. */
  private void sendBatch() {
    try (VectorSchemaRoot batch = VectorSchemaRoot.create(schema, allocator)) {
      ArrowWriter writer = ArrowWriter.create(batch);
      for (int count = 0; count < batchRows && input.hasNext(); count++) {
        writer.write(read.apply(input.next()));
      }
      writer.finish();
      stopIfKilled();
      stream.send(batch);
    }
  }

  private void stopIfKilled() {
    if (task.isInterrupted()) {
      throw new TaskKilledException("cancelled");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    current = Collections.emptyIterator();
    try {
      stream.close();
    } finally {
      allocator.close();
    }
  }
}

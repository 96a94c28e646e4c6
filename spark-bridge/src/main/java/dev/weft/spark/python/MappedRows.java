package dev.weft.spark.python;

import com.google.common.collect.Iterators;
import dev.weft.engine.spi.ArrowMap;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.operator.TaskBatches;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** The rows that users' code makes of one task's, a batch at a time. */
final class MappedRows implements Iterator<InternalRow>, AutoCloseable {

  /** What the code reads of each row. */
  private final Iterator<InternalRow> input;

  private final int batchRows;
  private final UnsafeProjection made;
  private final TaskBatches batches;
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
    UnsafeProjection read = UnsafeProjection.create(Catalyst.seq(inputs));
    this.input = Iterators.transform(input, read::apply);
    this.batchRows = map.batchRows();
    this.made =
        UnsafeProjection.create(
            Catalyst.seq(
                IntStream.range(0, outputs.size())
                    .mapToObj(i -> Catalyst.position(i, outputs.get(i)))
                    .toList()));
    this.batches = new TaskBatches("python", schema, task);
    try {
      this.stream = map.open(batches.allocator(), schema);
    } catch (RuntimeException failure) {
      batches.close();
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
      batches.stopIfKilled();
      if (input.hasNext()) {
        try (VectorSchemaRoot batch = batches.next(input, batchRows)) {
          stream.send(batch);
        }
      } else {
        stream.finish();
      }
    }
    batches.stopIfKilled();
    @Nullable VectorSchemaRoot rows = stream.receive();
    if (rows == null) {
      close();
      return;
    }
    ColumnVector[] columns =
        rows.getFieldVectors().stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new);
    current = new ColumnarBatch(columns, rows.getRowCount()).rowIterator();
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
      batches.close();
    }
  }
}

package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.spark.columns.AnsweredRows;
import dev.weft.spark.columns.BlockColumns;
import dev.weft.spark.columns.RowBlock;
import dev.weft.spark.operator.TaskBatches;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/** The rows that users' code makes of one task's, a batch at a time. */
final class MappedRows extends AbstractIterator<InternalRow> implements AutoCloseable {

  /** The answers of a batch belong to none of its rows. */
  private static final RowBlock ALONE = new RowBlock(List.of());

  /** Long texts make a batch end before it has all its rows: each task holds a few at a time. */
  private static final int MOST_BYTES = 64 << 20;

  private final Iterator<InternalRow> input;
  private final int batchRows;
  private final RowBlock block;
  private final BlockColumns columns;
  private final AnsweredRows current;
  private final TaskBatches batches;
  private final ArrowMap.Stream stream;
  private boolean closed;

  MappedRows(
      Iterator<InternalRow> input,
      ArrowMap map,
      Schema schema,
      List<DataType> rows,
      List<Expression> inputs,
      List<DataType> outputs,
      TaskContext task) {
    this.input = input;
    this.batchRows = map.batchRows();
    this.block = new RowBlock(rows);
    this.columns = new BlockColumns(inputs);
    this.current = new AnsweredRows(List.of(), outputs);
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
    if (!current.hasNext() && !hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  private void nextBatch() {
    while (stream.wantsInput()) {
      batches.stopIfKilled();
      if (input.hasNext()) {
        block.fill(input, batchRows, MOST_BYTES);
        try (VectorSchemaRoot batch = batches.of(block, columns)) {
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
    current.start(ALONE, rows.getFieldVectors(), rows.getRowCount());
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    current.clear();
    try {
      stream.close();
    } finally {
      batches.close();
    }
  }
}

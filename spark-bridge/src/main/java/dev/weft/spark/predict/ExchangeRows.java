package dev.weft.spark.predict;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.spark.columns.AnsweredRows;
import dev.weft.spark.columns.BlockColumns;
import dev.weft.spark.columns.RowBlock;
import dev.weft.spark.operator.TaskBatches;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;

/**
 * The rows of one task with their answers: sends up to a window of batches ahead, keeps their rows,
 * and joins each answer to its row.
 */
final class ExchangeRows extends AbstractIterator<InternalRow> implements AutoCloseable {

  /**
   * The first batches are small, so that a LIMIT above pays for few rows that it never asks for.
   */
  private static final int FIRST_BATCH = 1024;

  private static final int BATCH = 16_384;

  /** Long texts make a batch end before it has all its rows. */
  private static final int MOST_BYTES = 8 << 20;

  private final Iterator<InternalRow> input;
  private final PredictLayout layout;
  private final BlockColumns features;
  private final AnsweredRows answered;
  private final TaskBatches batches;
  private final ArrowExchange.Stream stream;
  private final Deque<RowBlock> waiting = new ArrayDeque<>();
  private final Deque<RowBlock> unused = new ArrayDeque<>();
  private @Nullable RowBlock current;
  private int nextBatch = FIRST_BATCH;
  private boolean finished;
  private boolean closed;

  ExchangeRows(
      Iterator<InternalRow> input,
      ArrowExchange exchange,
      PredictLayout layout,
      Schema schema,
      TaskContext task) {
    this.input = input;
    this.layout = layout;
    this.features = new BlockColumns(layout.features());
    this.answered = new AnsweredRows(layout.input(), layout.outputs());
    this.batches = new TaskBatches("predict", schema, task);
    try {
      this.stream = exchange.open(batches.allocator(), schema);
    } catch (RuntimeException failure) {
      batches.close();
      throw failure;
    }
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      return false;
    }
    return current != null && answered.hasNext() || nextBatch();
  }

  @Override
  public InternalRow next() {
    if (!answered.hasNext() && !hasNext()) {
      throw new NoSuchElementException();
    }
    return answered.next();
  }

  private boolean nextBatch() {
    if (current != null) {
      unused.add(current);
      current = null;
    }
    batches.stopIfKilled();
    fillWindow();
    RowBlock rows = waiting.poll();
    if (rows == null) {
      expectEnd();
      close();
      return false;
    }
    VectorSchemaRoot answer = stream.receive();
    if (answer == null || answer.getRowCount() != rows.rows()) {
      throw new IllegalStateException(
          "the model answered "
              + (answer == null ? "no" : answer.getRowCount())
              + " rows for a batch of "
              + rows.rows());
    }
    answered.start(rows, selected(answer), rows.rows());
    current = rows;
    return true;
  }

  private List<FieldVector> selected(VectorSchemaRoot answer) {
    List<FieldVector> vectors = new ArrayList<>();
    for (int column : layout.selected()) {
      if (column >= answer.getFieldVectors().size()) {
        throw new IllegalStateException(
            "the model answered " + answer.getFieldVectors().size() + " columns only");
      }
      vectors.add(answer.getVector(column));
    }
    return vectors;
  }

  private void expectEnd() {
    if (stream.receive() != null) {
      throw new IllegalStateException("the model answered more batches than it got");
    }
  }

  private void fillWindow() {
    while (!finished && waiting.size() < Math.max(1, stream.window())) {
      if (input.hasNext()) {
        sendBatch();
      } else {
        stream.finish();
        finished = true;
      }
    }
  }

  private void sendBatch() {
    RowBlock free = unused.poll();
    RowBlock rows = free == null ? new RowBlock(layout.input()) : free;
    rows.fill(input, nextBatch, MOST_BYTES);
    try (VectorSchemaRoot batch = batches.of(rows, features)) {
      stream.send(batch);
    }
    waiting.add(rows);
    nextBatch = Math.min(2 * nextBatch, BATCH);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    unused.clear();
    current = null;
    answered.clear();
    try {
      stream.close();
    } finally {
      batches.close();
    }
  }
}

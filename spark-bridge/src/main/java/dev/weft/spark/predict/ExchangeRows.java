package dev.weft.spark.predict;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.spark.operator.TaskBatches;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one task with their answers: sends up to a window of batches ahead, keeps their rows,
 * and joins each answer to its row.
 */
final class ExchangeRows implements Iterator<InternalRow>, AutoCloseable {

  /** The first batch is small, so that a LIMIT above does not pay for rows it never asks for. */
  private static final int FIRST_BATCH = 1024;

  private static final int BATCH = 8192;

  private final Iterator<InternalRow> input;
  private final UnsafeProjection features;
  private final AnswerRows answers;
  private final TaskBatches batches;
  private final ArrowExchange.Stream stream;
  private final Deque<List<InternalRow>> waiting = new ArrayDeque<>();
  private @Nullable List<InternalRow> current;
  private int position;
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
    this.features = AnswerRows.projection(layout.features());
    this.answers = new AnswerRows(layout);
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
    if (current != null && position < current.size()) {
      return true;
    }
    current = null;
    return nextBatch();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<InternalRow> rows = java.util.Objects.requireNonNull(current);
    InternalRow row = answers.join(rows.get(position), position);
    position++;
    return row;
  }

  private boolean nextBatch() {
    batches.stopIfKilled();
    fillWindow();
    List<InternalRow> rows = waiting.poll();
    if (rows == null) {
      expectEnd();
      close();
      return false;
    }
    VectorSchemaRoot answer = stream.receive();
    if (answer == null || answer.getRowCount() != rows.size()) {
      throw new IllegalStateException(
          "the model answered "
              + (answer == null ? "no" : answer.getRowCount())
              + " rows for a batch of "
              + rows.size());
    }
    answers.read(answer);
    current = rows;
    position = 0;
    return true;
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
    List<InternalRow> rows = new ArrayList<>();
    while (rows.size() < nextBatch && input.hasNext()) {
      rows.add(input.next().copy());
    }
    Iterator<InternalRow> asked = rows.stream().<InternalRow>map(features::apply).iterator();
    try (VectorSchemaRoot batch = batches.next(asked, rows.size())) {
      stream.send(batch);
    }
    waiting.add(rows);
    nextBatch = BATCH;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.clear();
    current = null;
    try {
      stream.close();
    } finally {
      batches.close();
    }
  }
}

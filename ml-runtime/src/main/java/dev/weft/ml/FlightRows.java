package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.planner.spi.ModelSignature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Answers rows over streams that stay open; each call borrows one. */
final class FlightRows implements RowPredictor {

  private final RowBatches batches;
  private final Supplier<FlightExchange> model;
  private final Span span;
  private final BufferAllocator allocator = new RootAllocator();
  private final ConcurrentLinkedDeque<ArrowExchange.Stream> idle = new ConcurrentLinkedDeque<>();
  private volatile FlightExchange exchange;
  private volatile boolean closed;

  /**
   * Answers with an opened model.
   *
   * @param model opens it again when its actor has died
   * @param span where errors point to: the statement that asked for it
   */
  FlightRows(
      ModelSignature signature,
      FlightExchange exchange,
      Supplier<FlightExchange> model,
      Span span) {
    batches = new RowBatches(signature);
    this.exchange = exchange;
    this.model = model;
    this.span = span;
  }

  @Override
  public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
    try {
      ArrowExchange.Stream stream = idle.poll();
      return predict(rows, stream == null ? exchange.open(allocator, batches.schema()) : stream);
    } catch (RemoteFailure e) {
      if (e.code() == ErrorCode.PREDICTION_DATA) {
        throw e.at(span);
      }
      // The actor may have died since the last call; a fresh one says what is really wrong.
      return predictAgain(rows);
    }
  }

  private List<Map<String, Object>> predictAgain(List<Map<String, Object>> rows) {
    exchange = model.get();
    try {
      return predict(rows, exchange.open(allocator, batches.schema()));
    } catch (RemoteFailure e) {
      throw e.at(span);
    }
  }

  private List<Map<String, Object>> predict(
      List<Map<String, Object>> rows, ArrowExchange.Stream stream) {
    boolean whole = false;
    try {
      List<Map<String, Object>> answers = exchanged(rows, stream);
      whole = true;
      return answers;
    } finally {
      if (whole && !closed) {
        idle.push(stream);
      } else {
        stream.close();
      }
    }
  }

  private List<Map<String, Object>> exchanged(
      List<Map<String, Object>> rows, ArrowExchange.Stream stream) {
    try (VectorSchemaRoot root = batches.write(rows, allocator)) {
      stream.send(root);
    }
    @Nullable VectorSchemaRoot answers = stream.receive();
    return answers == null ? List.of() : batches.read(answers);
  }

  @Override
  public void close() {
    closed = true;
    for (ArrowExchange.Stream stream = idle.poll(); stream != null; stream = idle.poll()) {
      stream.finish();
      stream.close();
    }
    Drained.close(allocator);
  }
}

package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.RowPredictor;
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
  private final BufferAllocator allocator = new RootAllocator();
  private final ConcurrentLinkedDeque<ArrowExchange.Stream> idle = new ConcurrentLinkedDeque<>();
  private volatile FlightExchange exchange;
  private volatile boolean closed;

  /**
   * Opens the model.
   *
   * @param model opens it, and again when its actor has died
   */
  FlightRows(ModelSignature signature, Supplier<FlightExchange> model) {
    batches = new RowBatches(signature);
    this.model = model;
    exchange = model.get();
  }

  @Override
  public List<Map<String, Object>> predict(List<Map<String, Object>> rows) {
    ArrowExchange.Stream stream = idle.poll();
    if (stream != null) {
      try {
        return predict(rows, stream);
      } catch (RemoteFailure e) {
        // The stream may have broken since its last use; a fresh one says what is really wrong.
        exchange = model.get();
      }
    }
    return predict(rows, exchange.open(allocator, batches.schema()));
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

package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.ml.wire.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stream that outlives the actor it speaks to: batches are kept until they are answered, and sent
 * again to another actor. A model answers each batch for itself, so no answer is lost or doubled.
 */
final class RetriedStream implements ArrowExchange.Stream {

  private static final int WINDOW = 4;

  /** A batch that ends one actor after the other is at fault itself. */
  private static final int MOST_LOSSES = 2;

  private final FlightExchange exchange;
  private final BufferAllocator allocator;
  private final Schema input;
  private final Deque<ArrowRecordBatch> unanswered = new ArrayDeque<>();
  private List<Endpoint> known;
  private ExchangeStream stream;
  private boolean finished;
  private int losses;

  RetriedStream(FlightExchange exchange, BufferAllocator allocator, Schema input) {
    this.exchange = exchange;
    this.allocator = allocator;
    this.input = input;
    known = exchange.endpoints();
    stream = connect(known);
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void send(VectorSchemaRoot batch) {
    ArrowRecordBatch buffers = new VectorUnloader(batch).getRecordBatch();
    unanswered.add(buffers);
    try {
      stream.send(buffers);
    } catch (ActorLost lost) {
      recover(lost);
    }
  }

  @Override
  public void finish() {
    finished = true;
    stream.finish();
  }

  @Override
  public @Nullable VectorSchemaRoot receive() {
    while (true) {
      try {
        VectorSchemaRoot answer = stream.receive();
        answered();
        return answer;
      } catch (ActorLost lost) {
        recover(lost);
      }
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } finally {
      unanswered.forEach(ArrowRecordBatch::close);
      unanswered.clear();
    }
  }

  private void answered() {
    ArrowRecordBatch batch = unanswered.poll();
    if (batch != null) {
      batch.close();
      losses = 0;
    }
  }

  private void recover(ActorLost first) {
    ActorLost lost = first;
    while (true) {
      losses++;
      if (losses > MOST_LOSSES) {
        throw lost.failure();
      }
      List<Endpoint> endpoints = Reopening.again(exchange.key()).orElseThrow(lost::failure);
      if (lost.slow() && endpoints.equals(known)) {
        // The runtime has found it alive.
        throw lost.failure();
      }
      known = endpoints;
      stream.close();
      endpoints.forEach(endpoint -> Connections.to(endpoint).retry());
      stream = connect(endpoints);
      try {
        unanswered.forEach(stream::send);
        if (finished) {
          stream.finish();
        }
        return;
      } catch (ActorLost again) {
        lost = again;
      }
    }
  }

  private ExchangeStream connect(List<Endpoint> endpoints) {
    Endpoint endpoint = endpoints.get(ThreadLocalRandom.current().nextInt(endpoints.size()));
    return new ExchangeStream(exchange.model(), endpoint, exchange.limit(), allocator, input);
  }
}

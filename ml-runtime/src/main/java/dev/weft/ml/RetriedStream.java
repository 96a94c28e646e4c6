package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.grammar.ErrorCode;
import dev.weft.ml.wire.Endpoint;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A stream that outlives the actor it speaks to: batches are kept until they are answered, and sent
 * again to another actor. A model answers each batch for itself, so no answer is lost or doubled,
 * and each row for itself, so that halves of a batch that was too much give the same.
 */
final class RetriedStream implements ArrowExchange.Stream {

  private static final int WINDOW = 4;

  /** A batch that ends one actor after the other is at fault itself. */
  private static final int MOST_LOSSES = 2;

  private final FlightExchange exchange;
  private final BufferAllocator allocator;
  private final Schema input;
  private final Unanswered unanswered;
  private final Joined joined;
  private List<Endpoint> known;
  private ExchangeStream stream;
  private boolean finished;
  private int losses;

  RetriedStream(FlightExchange exchange, BufferAllocator allocator, Schema input) {
    this.exchange = exchange;
    this.allocator = allocator;
    this.input = input;
    unanswered = new Unanswered(allocator, input);
    joined = new Joined(allocator);
    known = exchange.endpoints();
    stream = connect(known);
  }

  @Override
  public int window() {
    return WINDOW;
  }

  @Override
  public void send(VectorSchemaRoot batch) {
    try {
      unanswered.add(batch).forEach(stream::send);
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
        if (answer == null) {
          return null;
        }
        VectorSchemaRoot whole = joined.add(answer, unanswered.endsBatch());
        unanswered.answered();
        losses = 0;
        if (whole != null) {
          return whole;
        }
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
      unanswered.close();
      joined.close();
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
      Starved.halve(unanswered, known, endpoints, losses, failing());
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

  private Starved.Failing failing() {
    return new Starved.Failing(ErrorCode.PREDICTION_FAILED, "the model '" + exchange.model() + "'");
  }

  private ExchangeStream connect(List<Endpoint> endpoints) {
    Endpoint endpoint = endpoints.get(ThreadLocalRandom.current().nextInt(endpoints.size()));
    return new ExchangeStream(exchange.model(), endpoint, exchange.limit(), allocator, input);
  }
}

package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.ml.wire.Endpoint;
import java.time.Duration;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The function of a model version: streams straight to the actors that have loaded it.
 *
 * @param key what {@link Reopening} knows it by
 */
record FlightExchange(String model, String key, List<Endpoint> endpoints, Duration limit)
    implements ArrowExchange {

  FlightExchange {
    endpoints = List.copyOf(endpoints);
  }

  @Override
  public Stream open(BufferAllocator allocator, Schema input) {
    return new RetriedStream(this, allocator, input);
  }
}

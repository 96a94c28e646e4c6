package dev.weft.ml;

import dev.weft.engine.spi.ArrowMap;
import dev.weft.ml.wire.Endpoint;
import java.time.Duration;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Users' code as a function over batches: streams straight to the actors that run it.
 *
 * @param key what {@link Reopening} and {@link PythonPrints} know it by
 * @param whole whether all batches of a stream are one call
 * @param limit how long one call may take
 * @param fault makes the code's errors ours
 */
record PythonMap(
    String key,
    List<Endpoint> endpoints,
    boolean whole,
    int batchRows,
    Duration limit,
    PythonFault fault)
    implements ArrowMap {

  PythonMap {
    endpoints = List.copyOf(endpoints);
  }

  @Override
  public Stream open(BufferAllocator allocator, Schema input) {
    return new PythonStream(this, allocator, input);
  }
}

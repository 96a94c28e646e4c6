package dev.weft.ml;

import dev.weft.engine.spi.ArrowSink;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.PutPartition;
import java.time.Duration;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Where Spark's tasks send a training set: a trainer's Flight server.
 *
 * @param dataset {@code train} or {@code validation}
 */
record FlightSink(Endpoint endpoint, String upload, String dataset, Duration limit)
    implements ArrowSink {

  @Override
  public Upload open(
      int partition, long attempt, BufferAllocator allocator, VectorSchemaRoot root) {
    PutPartition put =
        PutPartition.newBuilder()
            .setUpload(upload)
            .setDataset(dataset)
            .setPartition(partition)
            .setAttempt(attempt)
            .build();
    return new FlightUpload(
        Connections.to(endpoint), endpoint.getToken(), put, limit, allocator, root);
  }
}

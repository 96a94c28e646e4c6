package dev.weft.server.flight;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Copies batches into buffers of the server's own, in slices of a size that clients accept.
 *
 * <p>Flight sends buffers without copying them and lets go of them later, from a network thread.
 * The buffers of a result may be reused or freed before that; these here are not.
 */
final class BatchCopier {

  /** Well below the 16 MiB that an ADBC client takes in one message. */
  private static final long SLICE_BYTES = 4L << 20;

  private final VectorLoader loader;
  private final BufferAllocator allocator;

  BatchCopier(VectorSchemaRoot target, BufferAllocator allocator) {
    this.loader = new VectorLoader(target);
    this.allocator = allocator;
  }

  /** Loads the target with each slice in turn and calls {@code send}. */
  void copy(VectorSchemaRoot batch, Runnable send) {
    int rows = batch.getRowCount();
    long bytes = batch.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
    if (bytes <= SLICE_BYTES || rows < 2) {
      if (rows > 0) {
        load(batch);
        send.run();
      }
      return;
    }
    int step = (int) Math.max(1, rows * SLICE_BYTES / bytes);
    for (int start = 0; start < rows; start += step) {
      try (VectorSchemaRoot slice = batch.slice(start, Math.min(step, rows - start))) {
        load(slice);
      }
      send.run();
    }
  }

  private void load(VectorSchemaRoot batch) {
    try (ArrowRecordBatch theirs = new VectorUnloader(batch).getRecordBatch();
        ArrowRecordBatch ours = copy(theirs)) {
      loader.load(ours);
    }
  }

  private ArrowRecordBatch copy(ArrowRecordBatch batch) {
    List<ArrowBuf> copies = new ArrayList<>();
    try {
      for (ArrowBuf buffer : batch.getBuffers()) {
        long size = buffer.readableBytes();
        ArrowBuf copy = allocator.buffer(size);
        copies.add(copy);
        copy.setBytes(0, buffer, buffer.readerIndex(), size);
        copy.writerIndex(size);
      }
      return new ArrowRecordBatch(batch.getLength(), batch.getNodes(), copies);
    } finally {
      copies.forEach(ArrowBuf::close);
    }
  }
}

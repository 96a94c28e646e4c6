package dev.weft.ml;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.VectorSchemaRootAppender;
import org.jspecify.annotations.Nullable;

/** Answers to the parts of a batch as one: who has sent a batch knows nothing of its parts. */
final class Joined implements AutoCloseable {

  private final BufferAllocator allocator;
  private @Nullable VectorSchemaRoot parts;
  private boolean ended;

  Joined(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * Adds an answer.
   *
   * @param last whether its batch ends with it
   * @return that to the whole batch, until the next one is added; null where parts are missing
   */
  @Nullable VectorSchemaRoot add(VectorSchemaRoot answer, boolean last) {
    if (ended) {
      close();
    }
    if (parts == null && last) {
      return answer;
    }
    VectorSchemaRoot root = parts == null ? empty(answer) : parts;
    parts = root;
    VectorSchemaRootAppender.append(root, answer);
    ended = last;
    return last ? root : null;
  }

  /** The buffers of an answer are not its own, so that all are copied. */
  private VectorSchemaRoot empty(VectorSchemaRoot answer) {
    VectorSchemaRoot root = VectorSchemaRoot.create(answer.getSchema(), allocator);
    root.getFieldVectors().forEach(FieldVector::allocateNew);
    root.setRowCount(0);
    return root;
  }

  @Override
  public void close() {
    if (parts != null) {
      parts.close();
      parts = null;
    }
    ended = false;
  }
}

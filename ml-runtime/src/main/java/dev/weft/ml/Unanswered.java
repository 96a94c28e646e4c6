package dev.weft.ml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The batches of a stream, kept until they are answered: whole ones, or halves once an actor has
 * found no memory for whole ones.
 */
final class Unanswered implements AutoCloseable {

  private final BufferAllocator allocator;
  private final Schema schema;
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private boolean halved;

  /**
   * A batch or a half of one.
   *
   * @param batchRows how many rows its batch has
   * @param last whether its batch ends with it
   */
  private record Piece(ArrowRecordBatch rows, int batchRows, boolean last) {

    @Override
    public String toString() {
      int count = rows.getLength();
      double megabytes = rows.computeBodyLength() / 1_000_000.0;
      return "%d row%s (%.1f MB)".formatted(count, count == 1 ? "" : "s", megabytes)
          + (count < batchRows ? ", half of a batch of " + batchRows : "");
    }
  }

  Unanswered(BufferAllocator allocator, Schema schema) {
    this.allocator = allocator;
    this.schema = schema;
  }

  /** Keeps a batch; gives what is to be sent of it, in order. */
  List<ArrowRecordBatch> add(VectorSchemaRoot batch) {
    List<Piece> added = pieces(new VectorUnloader(batch).getRecordBatch());
    pieces.addAll(added);
    return added.stream().map(Piece::rows).toList();
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** How many batches are waited for. */
  int batches() {
    return (int) pieces.stream().filter(Piece::last).count();
  }

  /** Whether the next answer ends its batch. */
  boolean endsBatch() {
    return pieces.isEmpty() || pieces.peek().last();
  }

  void forEach(Consumer<ArrowRecordBatch> action) {
    pieces.forEach(piece -> action.accept(piece.rows()));
  }

  /** The first piece is answered. */
  void answered() {
    Piece piece = pieces.poll();
    if (piece != null) {
      piece.rows().close();
    }
  }

  /** Whether all that is sent are halves. */
  boolean halved() {
    return halved;
  }

  /** From now on halves are sent, also of what is kept, so that each batch need not fail first. */
  void halve() {
    if (halved) {
      return;
    }
    halved = true;
    List<Piece> whole = new ArrayList<>(pieces);
    pieces.clear();
    whole.forEach(piece -> pieces.addAll(pieces(piece.rows())));
  }

  /** What is to be answered next, in words; there is something. */
  String described() {
    return String.valueOf(pieces.element());
  }

  private List<Piece> pieces(ArrowRecordBatch batch) {
    int rows = batch.getLength();
    if (!halved || rows < 2) {
      return List.of(new Piece(batch, rows, true));
    }
    int half = (rows + 1) / 2;
    try (batch;
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
      new VectorLoader(root).load(batch);
      return List.of(
          new Piece(part(root, 0, half), rows, false),
          new Piece(part(root, half, rows - half), rows, true));
    }
  }

  private static ArrowRecordBatch part(VectorSchemaRoot root, int start, int rows) {
    try (VectorSchemaRoot part = root.slice(start, rows)) {
      return new VectorUnloader(part).getRecordBatch();
    }
  }

  @Override
  public void close() {
    forEach(ArrowRecordBatch::close);
    pieces.clear();
  }
}

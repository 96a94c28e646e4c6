package dev.weft.spark.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.Iterator;

/**
 * Rows as serialised Arrow batches, bounded in rows and in bytes. Spark's own iterator for this
 * leaks a batch when its task is interrupted, so that every cancel would lose memory.
 */
public final class BatchEncoding implements AutoCloseable {

  private static final int ROWS = 16_384;
  private static final long BYTES = 4L << 20;

  private final Iterator<InternalRow> rows;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final ArrowWriter writer;

  BatchEncoding(Iterator<InternalRow> rows, StructType schema, String zone) {
    this.rows = rows;
    this.allocator = ArrowUtils.rootAllocator().newChildAllocator("encoding", 0, Long.MAX_VALUE);
    this.root =
        VectorSchemaRoot.create(ArrowUtils.toArrowSchema(schema, zone, false, false), allocator);
    this.writer = ArrowWriter.create(root);
  }

  boolean hasNext() {
    return rows.hasNext();
  }

  /** The next batch; its rows are read only now. */
  byte[] next() {
    long size = 0;
    for (int count = 0; count < ROWS && size < BYTES && rows.hasNext(); count++) {
      InternalRow row = rows.next();
      writer.write(row);
      size = row instanceof UnsafeRow plain ? size + plain.getSizeInBytes() : writer.sizeInBytes();
    }
    writer.finish();
    byte[] batch = bytes();
    writer.reset();
    return batch;
  }

  private byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch();
        WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, batch);
    } catch (IOException interrupted) {
      throw new UncheckedIOException(interrupted);
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    root.close();
    allocator.close();
  }
}

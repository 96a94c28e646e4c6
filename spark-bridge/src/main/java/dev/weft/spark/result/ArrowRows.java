package dev.weft.spark.result;

import dev.weft.engine.Rows;
import dev.weft.spark.run.RunRegistry;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.util.ArrowUtils;
import org.jspecify.annotations.Nullable;

/** The rows of a query as Arrow batches, partition after partition. */
final class ArrowRows implements Rows {

  private final Schema schema;
  private final BatchSource batches;
  private final RunRegistry.Entry entry;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private boolean closed;

  ArrowRows(Schema schema, BatchSource batches, RunRegistry.Entry entry) {
    this.schema = schema;
    this.batches = batches;
    this.entry = entry;
    this.allocator = ArrowUtils.rootAllocator().newChildAllocator("rows", 0, Long.MAX_VALUE);
    this.root = VectorSchemaRoot.create(schema, allocator);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable VectorSchemaRoot next() {
    byte[] batch = batches.next();
    if (batch == null) {
      return null;
    }
    load(batch);
    return root;
  }

  private void load(byte[] bytes) {
    ReadChannel channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes)));
    try (ArrowRecordBatch batch = MessageSerializer.deserializeRecordBatch(channel, allocator)) {
      new VectorLoader(root).load(batch);
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    batches.close();
    root.close();
    allocator.close();
    entry.close();
  }
}

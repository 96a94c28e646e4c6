package dev.weft.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.Iterator;

/**
 * A task's rows as serialised Arrow batches. Spark's own iterator for this leaks a batch when its
 * task is interrupted, so that every cancel would lose memory.
 */
final class BatchEncoding extends PartitionJobs.Encoding {

  private static final long serialVersionUID = 1L;
  private static final int BATCH = 16_384;

  private final StructType schema;
  private final String zone;

  BatchEncoding(StructType schema, String zone) {
    this.schema = schema;
    this.zone = zone;
  }

  @Override
  public byte[][] apply(Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return new byte[0][];
    }
    List<byte[]> batches = new ArrayList<>();
    try (BufferAllocator allocator =
            ArrowUtils.rootAllocator().newChildAllocator("encoding", 0, Long.MAX_VALUE);
        VectorSchemaRoot root =
            VectorSchemaRoot.create(
                ArrowUtils.toArrowSchema(schema, zone, false, false), allocator)) {
      ArrowWriter writer = ArrowWriter.create(root);
      while (rows.hasNext()) {
        for (int count = 0; count < BATCH && rows.hasNext(); count++) {
          writer.write(rows.next());
        }
        writer.finish();
        batches.add(bytes(root));
        writer.reset();
      }
    } catch (IOException interrupted) {
      throw new UncheckedIOException(interrupted);
    }
    return batches.toArray(byte[][]::new);
  }

  private static byte[] bytes(VectorSchemaRoot root) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch();
        WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, batch);
    }
    return bytes.toByteArray();
  }
}

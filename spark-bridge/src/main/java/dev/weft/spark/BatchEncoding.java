package dev.weft.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowConverters$;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;

/** A task's rows as serialised Arrow batches. */
final class BatchEncoding extends PartitionJobs.Encoding {

  private static final long serialVersionUID = 1L;
  private static final long BATCH = 16_384;

  private final StructType schema;
  private final String zone;

  BatchEncoding(StructType schema, String zone) {
    this.schema = schema;
    this.zone = zone;
  }

  @Override
  public byte[][] apply(Iterator<InternalRow> rows) {
    Iterator<byte[]> batches =
        ArrowConverters$.MODULE$.toBatchIterator(
            rows, schema, BATCH, zone, false, false, TaskContext.get());
    List<byte[]> all = new ArrayList<>();
    while (batches.hasNext()) {
      all.add(batches.next());
    }
    return all.toArray(byte[][]::new);
  }
}

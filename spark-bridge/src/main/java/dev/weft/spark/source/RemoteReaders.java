package dev.weft.spark.source;

import dev.weft.engine.spi.ArrowSource;
import dev.weft.spark.source.RemoteScan.RemotePart;
import java.util.List;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Reads parts by column, in tasks. */
final class RemoteReaders implements PartitionReaderFactory {

  private static final long serialVersionUID = 1L;

  private final List<String> columns;

  RemoteReaders(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new UnsupportedOperationException("these rows are read by column");
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new Batches(((RemotePart) partition).part(), columns);
  }

  /**
   * A column that the stream fills again: Spark closes each batch, and a struct loses its fields.
   */
  private static final class Lasting extends ArrowColumnVector {

    Lasting(ValueVector vector) {
      super(vector);
    }

    @Override
    public void close() {}

    @Override
    public void closeIfFreeable() {}
  }

  private static final class Batches implements PartitionReader<ColumnarBatch> {

    private final ArrowSource.Reader reader;
    private @Nullable ColumnarBatch current;

    Batches(ArrowSource.Part part, List<String> columns) {
      reader = part.open(columns);
    }

    @Override
    public boolean next() {
      @Nullable VectorSchemaRoot rows = reader.next();
      if (rows == null) {
        return false;
      }
      ColumnVector[] vectors =
          rows.getFieldVectors().stream().map(Lasting::new).toArray(ColumnVector[]::new);
      current = new ColumnarBatch(vectors, rows.getRowCount());
      return true;
    }

    @Override
    public ColumnarBatch get() {
      if (current == null) {
        throw new IllegalStateException("no batch yet");
      }
      return current;
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}

package dev.weft.spark.source;

import dev.weft.engine.spi.ArrowSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.StructType;

/** Reads the columns that a query wants, one partition for each part. */
final class RemoteScan implements ScanBuilder, SupportsPushDownRequiredColumns, Scan, Batch {

  private final String name;
  private final Supplier<ArrowSource> rows;
  private StructType columns;

  RemoteScan(String name, StructType columns, Supplier<ArrowSource> rows) {
    this.name = name;
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public void pruneColumns(StructType wanted) {
    columns = wanted;
  }

  @Override
  public Scan build() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "rows of Python " + name + " " + Stream.of(columns.fieldNames()).toList();
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return rows.get().parts().stream().map(RemotePart::new).toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new RemoteReaders(List.of(columns.fieldNames()));
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  /** One part, on its way to a task. */
  record RemotePart(ArrowSource.Part part) implements InputPartition {
    private static final long serialVersionUID = 1L;
  }
}

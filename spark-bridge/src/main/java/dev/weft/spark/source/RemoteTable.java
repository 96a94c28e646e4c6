package dev.weft.spark.source;

import dev.weft.engine.spi.ArrowSource;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Rows on actors as a table of Spark's; where they are is asked when a query runs. */
public final class RemoteTable implements SupportsRead {

  private final String name;
  private final StructType schema;
  private final Supplier<ArrowSource> rows;

  public RemoteTable(String name, StructType schema, Supplier<ArrowSource> rows) {
    this.name = name;
    this.schema = schema;
    this.rows = rows;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Column[] columns() {
    return Arrays.stream(schema.fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new RemoteScan(name, schema, rows);
  }
}

package dev.weft.spark.columns;

import org.apache.arrow.vector.FieldVector;
import org.apache.spark.sql.execution.arrow.ArrowFieldWriter;
import org.apache.spark.sql.execution.arrow.ArrowWriter$;

/** Arrays, maps, structs and what else is rare, value by value as Spark does it. */
final class OtherWriter implements ColumnWriter {

  private final FieldVector vector;
  private final int column;
  private final ArrowFieldWriter writer;

  OtherWriter(FieldVector vector, int column) {
    this.vector = vector;
    this.column = column;
    vector.allocateNew();
    writer = ArrowWriter$.MODULE$.createFieldWriter(vector);
  }

  @Override
  public void begin(RowBlock rows) {
    vector.reset();
  }

  @Override
  public void write(RowBlock rows, int from, int to) {
    for (int row = from; row < to; row++) {
      writer.write(rows.row(row), column);
    }
  }

  @Override
  public void end(RowBlock rows) {
    writer.finish();
  }
}

package dev.weft.spark.columns;

import org.apache.arrow.vector.BaseFixedWidthVector;

/** A writer of values that all take as much room, so that nothing has to be counted first. */
interface PlainWriter extends ColumnWriter {

  BaseFixedWidthVector vector();

  /** The column of the rows. */
  int column();

  @Override
  default void begin(RowBlock rows) {
    vector().allocateNew(rows.rows());
  }

  @Override
  default void end(RowBlock rows) {
    ColumnWriter.validity(rows, column(), vector().getValidityBuffer());
  }
}

package dev.weft.spark.columns;

import dev.weft.spark.convert.Catalyst;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** What of a block's rows goes out: columns as they are, or what expressions make of them. */
public final class BlockColumns {

  private final int[] columns;
  private final @Nullable UnsafeProjection projection;
  private final RowBlock made;

  /**
   * Columns of rows.
   *
   * @param bound a column each, bound to the positions of a row
   */
  public BlockColumns(List<Expression> bound) {
    boolean plain = bound.stream().allMatch(BoundReference.class::isInstance);
    columns =
        plain
            ? bound.stream().mapToInt(each -> ((BoundReference) each).ordinal()).toArray()
            : IntStream.range(0, bound.size()).toArray();
    projection = plain ? null : UnsafeProjection.create(Catalyst.seq(bound));
    made = new RowBlock(bound.stream().map(Expression::dataType).toList());
  }

  /** All columns of rows, as they are. */
  public static BlockColumns all(List<DataType> types) {
    return new BlockColumns(
        IntStream.range(0, types.size())
            .mapToObj(i -> Catalyst.position(i, types.get(i)))
            .toList());
  }

  /** Writes the columns of all rows into vectors that have no memory yet. */
  public void write(RowBlock rows, VectorSchemaRoot batch) {
    RowBlock from = projection == null ? rows : made(rows, projection);
    List<FieldVector> vectors = batch.getFieldVectors();
    List<ColumnWriter> writers =
        IntStream.range(0, columns.length)
            .mapToObj(i -> ColumnWriter.of(vectors.get(i), columns[i]))
            .toList();
    writers.forEach(writer -> writer.begin(from));
    for (int row = 0; row < from.rows(); row += RowRange.MOST) {
      int end = Math.min(row + RowRange.MOST, from.rows());
      for (ColumnWriter writer : writers) {
        writer.write(from, row, end);
      }
    }
    writers.forEach(writer -> writer.end(from));
    batch.setRowCount(from.rows());
  }

  private RowBlock made(RowBlock rows, UnsafeProjection projection) {
    made.clear();
    for (int row = 0; row < rows.rows(); row++) {
      made.add(projection.apply(rows.row(row)));
    }
    return made;
  }
}

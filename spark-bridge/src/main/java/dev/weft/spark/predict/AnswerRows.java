package dev.weft.spark.predict;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/** Joins input rows and the rows of an answer batch into what Spark's operators read. */
final class AnswerRows {

  private final PredictLayout layout;
  private final JoinedRow joined = new JoinedRow();
  private @Nullable UnsafeProjection projection;
  private @Nullable ColumnarBatch batch;

  AnswerRows(PredictLayout layout) {
    this.layout = layout;
  }

  /** A projection over expressions that are bound to the positions of a row. */
  static UnsafeProjection projection(List<Expression> bound) {
    return UnsafeProjection.create(Catalyst.seq(bound));
  }

  /** Takes the answers of the next batch. */
  void read(VectorSchemaRoot answer) {
    ColumnVector[] columns = new ColumnVector[layout.selected().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ArrowColumnVector(vector(answer, i));
    }
    batch = new ColumnarBatch(columns, answer.getRowCount());
    if (projection == null) {
      projection = projection(expressions(answer));
    }
  }

  /** The input row with the answers at a position of the batch; reused by the next call. */
  InternalRow join(InternalRow row, int position) {
    if (batch == null || projection == null) {
      throw new IllegalStateException("no answers yet");
    }
    return projection.apply(joined.withLeft(row).withRight(batch.getRow(position)));
  }

  private FieldVector vector(VectorSchemaRoot answer, int output) {
    int column = layout.selected().get(output);
    if (column >= answer.getFieldVectors().size()) {
      throw new IllegalStateException(
          "the model answered " + answer.getFieldVectors().size() + " columns only");
    }
    return answer.getVector(column);
  }

  /** The input's columns and the answers, these cast where the model's types are not ours. */
  private List<Expression> expressions(VectorSchemaRoot answer) {
    List<Expression> all = new ArrayList<>();
    for (DataType type : layout.input()) {
      all.add(Catalyst.position(all.size(), type));
    }
    for (int i = 0; i < layout.outputs().size(); i++) {
      DataType wanted = layout.outputs().get(i);
      DataType given = ArrowUtils.fromArrowField(vector(answer, i).getField());
      Expression value = Catalyst.position(all.size(), given);
      all.add(
          DataType.equalsIgnoreNullability(given, wanted) ? value : Catalyst.cast(value, wanted));
    }
    return all;
  }
}

package dev.weft.spark.columns;

import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
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

/** Answers of any type, value by value as Spark reads Arrow; cast where they have another type. */
final class ProjectedRows {

  private final List<DataType> asked;
  private final List<DataType> answers;
  private final JoinedRow joined = new JoinedRow();
  private RowBlock rows;
  private @Nullable UnsafeProjection projection;
  private @Nullable ColumnarBatch batch;
  private int count;
  private int at;

  ProjectedRows(List<DataType> asked, List<DataType> answers) {
    this.asked = asked;
    this.answers = answers;
    rows = new RowBlock(asked);
  }

  void start(RowBlock rows, List<FieldVector> vectors, int count) {
    this.rows = rows;
    this.count = count;
    at = 0;
    batch =
        new ColumnarBatch(
            vectors.stream().map(ArrowColumnVector::new).toArray(ColumnVector[]::new), count);
    if (projection == null) {
      projection = UnsafeProjection.create(Catalyst.seq(expressions(vectors)));
    }
  }

  boolean hasNext() {
    return at < count;
  }

  InternalRow next() {
    if (batch == null || projection == null) {
      throw new IllegalStateException("no answers yet");
    }
    InternalRow answer = batch.getRow(at);
    InternalRow all = asked.isEmpty() ? answer : joined.withLeft(rows.row(at)).withRight(answer);
    at++;
    return projection.apply(all);
  }

  private List<Expression> expressions(List<FieldVector> vectors) {
    List<Expression> all = new ArrayList<>();
    for (DataType type : asked) {
      all.add(Catalyst.position(all.size(), type));
    }
    for (int i = 0; i < answers.size(); i++) {
      DataType wanted = answers.get(i);
      DataType given = ArrowUtils.fromArrowField(vectors.get(i).getField());
      Expression value = Catalyst.position(all.size(), given);
      all.add(
          DataType.equalsIgnoreNullability(given, wanted) ? value : Catalyst.cast(value, wanted));
    }
    return all;
  }
}

package dev.weft.spark.mllib;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.predict.PredictLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Rows with a scorer's answers appended. */
final class ScoredRows implements Iterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final Scorer scorer;
  private final PredictLayout layout;
  private final List<Object> classes;
  private final boolean classification;
  private final UnsafeProjection features;
  private final UnsafeProjection output;
  private final JoinedRow joined = new JoinedRow();

  ScoredRows(
      Iterator<InternalRow> rows,
      Scorer scorer,
      PredictLayout layout,
      List<Object> classes,
      boolean classification) {
    this.rows = rows;
    this.scorer = scorer;
    this.layout = layout;
    this.classes = classes;
    this.classification = classification;
    this.features = UnsafeProjection.create(Catalyst.seq(layout.features()));
    this.output = UnsafeProjection.create(Catalyst.seq(columns(layout)));
  }

  private static List<Expression> columns(PredictLayout layout) {
    List<Expression> columns = new ArrayList<>();
    for (DataType type : layout.input()) {
      columns.add(Catalyst.position(columns.size(), type));
    }
    for (DataType type : layout.outputs()) {
      columns.add(Catalyst.position(columns.size(), type));
    }
    return columns;
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public InternalRow next() {
    InternalRow row = rows.next();
    @Nullable Object[] all = answers(values(features.apply(row)));
    @Nullable Object[] used = layout.selected().stream().map(i -> all[i]).toArray();
    return output.apply(joined.withLeft(row).withRight(new GenericInternalRow(used)));
  }

  private @Nullable Object[] values(InternalRow row) {
    StructField[] fields = layout.schema().fields();
    @Nullable Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      values[i] = row.isNullAt(i) ? null : row.get(i, fields[i].dataType());
    }
    return values;
  }

  private @Nullable Object[] answers(@Nullable Object[] values) {
    if (!classification) {
      return new Object[] {scorer.value(values)};
    }
    double[] probabilities = scorer.probabilities(values);
    int predicted = ClassValues.likeliest(probabilities);
    return new Object[] {
      classes.get(predicted),
      probabilities[ClassValues.shown(probabilities, predicted)],
      new ArrayBasedMapData(
          new GenericArrayData(classes.toArray()), new GenericArrayData(probabilities))
    };
  }
}

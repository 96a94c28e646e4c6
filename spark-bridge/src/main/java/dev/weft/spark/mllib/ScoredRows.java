package dev.weft.spark.mllib;

import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.predict.PredictLayout;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.AbstractIterator;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Rows with a model's answers appended. */
final class ScoredRows extends AbstractIterator<InternalRow> {

  private final Iterator<InternalRow> rows;
  private final RowModel model;
  private final PredictLayout layout;
  private final UnsafeProjection features;
  private final UnsafeProjection output;
  private final List<Function1<Object, Object>> read;
  private final List<Function1<Object, Object>> write;
  private final JoinedRow joined = new JoinedRow();

  ScoredRows(Iterator<InternalRow> rows, RowModel model, PredictLayout layout) {
    this.rows = rows;
    this.model = model;
    this.layout = layout;
    this.features = UnsafeProjection.create(Catalyst.seq(layout.features()));
    this.output = UnsafeProjection.create(Catalyst.seq(columns(layout)));
    this.read = new ArrayList<>();
    for (StructField field : layout.schema().fields()) {
      read.add(CatalystTypeConverters.createToScalaConverter(field.dataType()));
    }
    this.write = new ArrayList<>();
    for (DataType type : layout.outputs()) {
      write.add(CatalystTypeConverters.createToCatalystConverter(type));
    }
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
    @Nullable Object[] all = model.answer(values(features.apply(row)));
    @Nullable Object[] used = new Object[write.size()];
    for (int i = 0; i < used.length; i++) {
      used[i] = catalyst(all[layout.selected().get(i)], write.get(i));
    }
    return output.apply(joined.withLeft(row).withRight(new GenericInternalRow(used)));
  }

  /** A text stays Spark's, whose text counts. */
  private @Nullable Object[] values(InternalRow row) {
    StructField[] fields = layout.schema().fields();
    @Nullable Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      if (!row.isNullAt(i)) {
        Object value = row.get(i, fields[i].dataType());
        boolean array = fields[i].dataType() instanceof ArrayType;
        values[i] = array ? RowFeatures.plain(read.get(i).apply(value)) : value;
      }
    }
    return values;
  }

  private static @Nullable Object catalyst(
      @Nullable Object value, Function1<Object, Object> convert) {
    if (value == null) {
      return null;
    }
    return convert.apply(
        value instanceof List<?> list ? CollectionConverters.asScala(list).toSeq() : value);
  }
}

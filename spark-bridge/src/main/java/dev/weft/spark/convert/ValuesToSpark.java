package dev.weft.spark.convert;

import com.google.common.collect.ImmutableList;
import dev.weft.planner.rel.LateRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Rows that stand in the plan itself, or are known when it runs. */
final class ValuesToSpark {

  private final FreshNames names;

  ValuesToSpark(FreshNames names) {
    this.names = names;
  }

  Relation convert(Values values) {
    List<DataType> types = types(values.getRowType());
    List<List<Expression>> rows = new ArrayList<>();
    for (ImmutableList<RexLiteral> tuple : values.getTuples()) {
      List<Expression> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(cast(LiteralToSpark.convert(tuple.get(i)), types.get(i)));
      }
      rows.add(row);
    }
    return table(values.getRowType(), types, rows);
  }

  Relation late(LateRows late) {
    List<DataType> types = types(late.getRowType());
    List<List<Expression>> rows = new ArrayList<>();
    for (List<Object> values : late.rows()) {
      List<Expression> row = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        row.add(cast(plain(values.get(i)), types.get(i)));
      }
      rows.add(row);
    }
    return table(late.getRowType(), types, rows);
  }

  private static List<DataType> types(RelDataType row) {
    return row.getFieldList().stream().map(f -> CatalystTypes.of(f.getType())).toList();
  }

  private Relation table(RelDataType type, List<DataType> types, List<List<Expression>> rows) {
    List<String> fresh = type.getFieldNames().stream().map(names::like).toList();
    if (!rows.isEmpty()) {
      return new Relation(CatalystPlans.inlineTable(fresh, rows), fresh);
    }
    List<StructField> fields = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      fields.add(DataTypes.createStructField(fresh.get(i), types.get(i), true));
    }
    return new Relation(CatalystPlans.emptyTable(DataTypes.createStructType(fields)), fresh);
  }

  private static Expression cast(Expression value, DataType type) {
    return value.dataType().equals(type) ? value : Catalyst.cast(value, type);
  }

  private static Expression plain(@Nullable Object value) {
    return value == null
        ? Catalyst.literal(null, DataTypes.NullType)
        : Literal$.MODULE$.apply(value);
  }
}

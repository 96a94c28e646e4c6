package dev.weft.spark.convert;

import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnspecifiedFrame$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** A query without rows whose one column is a call, for Spark to say its type. */
public final class CallQuestion {

  private CallQuestion() {}

  /** The query for an expression of Spark's own text. */
  public static LogicalPlan plan(String text, List<Argument> arguments) {
    List<StructField> fields = new ArrayList<>();
    List<Expression> values = values(arguments, fields);
    LogicalPlan rows = CatalystPlans.emptyTable(DataTypes.createStructType(fields));
    return CatalystPlans.project(List.of(named(TemplateToSpark.filled(text, values))), rows);
  }

  /** The query, not analysed. */
  public static LogicalPlan plan(
      String function, List<Argument> arguments, boolean distinct, FunctionKind kind) {
    List<StructField> fields = new ArrayList<>();
    List<Expression> values = values(arguments, fields);
    LogicalPlan rows = CatalystPlans.emptyTable(DataTypes.createStructType(fields));
    Expression call = Catalyst.aggregate(function, values, distinct, null, false, List.of());
    if (kind == FunctionKind.AGGREGATE) {
      return CatalystPlans.aggregate(List.of(), List.of(named(call)), rows);
    }
    if (kind == FunctionKind.WINDOW) {
      SortOrder order =
          SortToSpark.order(
              Catalyst.call("rand"),
              false,
              org.apache.calcite.rel.RelFieldCollation.NullDirection.UNSPECIFIED);
      call = Catalyst.window(call, List.of(), List.of(order), UnspecifiedFrame$.MODULE$);
    }
    return CatalystPlans.project(List.of(named(call)), rows);
  }

  /** The query for the rows of a generator. */
  public static LogicalPlan generator(String function, List<Argument> arguments) {
    List<StructField> fields = new ArrayList<>();
    List<Expression> values = values(arguments, fields);
    LogicalPlan rows = CatalystPlans.emptyTable(DataTypes.createStructType(fields));
    return CatalystPlans.unnamed(Catalyst.call(function, values), rows);
  }

  private static List<Expression> values(List<Argument> arguments, List<StructField> fields) {
    List<Expression> values = new ArrayList<>();
    for (Argument argument : arguments) {
      String name = RelationalCatalog.ARGUMENT + values.size();
      fields.add(
          DataTypes.createStructField(
              name, DataType.fromDDL(argument.type()), argument.nullable()));
      values.add(
          argument.literal().map(Catalyst::parsed).orElseGet(() -> Catalyst.attribute(name)));
    }
    return values;
  }

  private static NamedExpression named(Expression call) {
    return Catalyst.alias(call, "result");
  }
}

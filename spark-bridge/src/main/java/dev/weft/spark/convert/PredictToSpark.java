package dev.weft.spark.convert;

import dev.weft.planner.PredictionColumns;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.spi.Column;
import dev.weft.spark.predict.PredictNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataType;

/** PREDICT, as a node of the Catalyst plan. */
final class PredictToSpark {

  private final ToSpark all;

  PredictToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Predict predict, Scope scope) {
    Relation input = all.relation(predict.getInput(), scope);
    List<Expression> features = predict.features().stream().map(input::column).toList();
    List<Attribute> outputs = new ArrayList<>();
    List<Column> available = PredictionColumns.of(predict.model().signature());
    for (int output : predict.outputs()) {
      Column column = available.get(output);
      outputs.add(
          Catalyst.produced(
              all.names().like(column.name()), DataType.fromDDL(column.type()), column.nullable()));
    }
    PredictNode node =
        new PredictNode(
            all.leaves().function(predict.model()),
            Catalyst.seq(features),
            Catalyst.seq(outputs),
            predict.outputs(),
            input.plan());
    return named(predict, input, outputs, node);
  }

  /**
   * Renames every column: Spark can give an alias a new id where a query reads the same rows twice,
   * but not a node it does not know.
   */
  private Relation named(
      Predict predict, Relation input, List<Attribute> outputs, PredictNode node) {
    List<NamedExpression> columns = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<String> names = predict.getRowType().getFieldNames();
    for (int i = 0; i < names.size(); i++) {
      int output = i - input.columns().size();
      Expression value = output < 0 ? input.column(i) : outputs.get(output);
      fresh.add(all.names().like(names.get(i)));
      columns.add(Catalyst.alias(value, fresh.get(i)));
    }
    return new Relation(CatalystPlans.project(columns, node), fresh);
  }
}

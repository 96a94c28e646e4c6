package dev.weft.spark.convert;

import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.types.SparkTypes;
import dev.weft.spark.python.PythonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataType;

/** Users' code per batch, as a node of the Catalyst plan. */
final class PythonToSpark {

  private final ToSpark all;

  PythonToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(PythonRows python, Scope scope) {
    Relation input = all.relation(python.getInput(), scope);
    List<Expression> inputs = new ArrayList<>();
    for (int i = 0; i < input.columns().size(); i++) {
      inputs.add(input.column(i));
    }
    List<Attribute> outputs = new ArrayList<>();
    for (Column column : SparkTypes.columns(python.getRowType())) {
      outputs.add(
          Catalyst.produced(
              all.names().like(column.name()), DataType.fromDDL(column.type()), column.nullable()));
    }
    PythonNode node =
        new PythonNode(
            all.leaves().function(python),
            Catalyst.seq(inputs),
            Catalyst.seq(outputs),
            input.plan());
    return named(outputs, node);
  }

  /** Under new names, as Predict's columns are, so that one query may read the rows twice. */
  private Relation named(List<Attribute> outputs, PythonNode node) {
    List<NamedExpression> columns = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    for (Attribute output : outputs) {
      fresh.add(all.names().like(output.name()));
      columns.add(Catalyst.alias(output, fresh.get(fresh.size() - 1)));
    }
    return new Relation(CatalystPlans.project(columns, node), fresh);
  }
}

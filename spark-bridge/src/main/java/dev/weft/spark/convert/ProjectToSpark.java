package dev.weft.spark.convert;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataTypes;

/** SELECT lists, window functions included. */
final class ProjectToSpark {

  private final ToSpark all;

  ProjectToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Project project, Scope scope) {
    Relation input = all.relation(project.getInput(), scope);
    return over(project, input, scope.of(input.columns(), project.getVariablesSet()));
  }

  /** The projected columns, null but for the wanted ones, and behind them those of the input. */
  Wide wide(Project project, ImmutableBitSet wanted, Scope scope) {
    Relation input = all.relation(project.getInput(), scope);
    Scope inner = scope.of(input.columns(), project.getVariablesSet());
    List<Expression> computed = new ExpressionToSpark(all, inner).convert(project.getProjects());
    List<NamedExpression> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    project.getRowType().getFieldNames().forEach(name -> names.add(all.names().like(name)));
    for (int i = 0; i < computed.size(); i++) {
      Expression none = Catalyst.literal(null, DataTypes.NullType);
      columns.add(Catalyst.alias(wanted.get(i) ? computed.get(i) : none, names.get(i)));
    }
    for (String column : input.columns()) {
      columns.add((NamedExpression) Catalyst.attribute(column));
    }
    names.addAll(input.columns());
    return new Wide(new Relation(CatalystPlans.project(columns, input.plan()), names), computed);
  }

  /**
   * A projection that keeps its input.
   *
   * @param computed the projected expressions, over the input's columns
   */
  record Wide(Relation relation, List<Expression> computed) {}

  private Relation over(Project project, Relation input, Scope inner) {
    ExpressionToSpark expressions = new ExpressionToSpark(all, inner);
    List<NamedExpression> columns = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<RexNode> projects = project.getProjects();
    for (int i = 0; i < projects.size(); i++) {
      String name = all.names().like(project.getRowType().getFieldNames().get(i));
      fresh.add(name);
      columns.add(Catalyst.alias(expressions.convert(projects.get(i)), name));
    }
    return new Relation(CatalystPlans.project(columns, input.plan()), fresh);
  }
}

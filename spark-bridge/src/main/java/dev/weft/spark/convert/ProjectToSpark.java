package dev.weft.spark.convert;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexNode;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;

/** SELECT lists, window functions included. */
final class ProjectToSpark {

  private final ToSpark all;

  ProjectToSpark(ToSpark all) {
    this.all = all;
  }

  Relation convert(Project project, Scope scope) {
    Relation input = all.relation(project.getInput(), scope);
    Scope inner = scope.of(input.columns(), project.getVariablesSet());
    ExpressionToSpark expressions = new ExpressionToSpark(all, inner);
    List<NamedExpression> columns = new ArrayList<>();
    List<String> fresh = new ArrayList<>();
    List<RexNode> projects = project.getProjects();
    for (int i = 0; i < projects.size(); i++) {
      String name = all.names().like(project.getRowType().getFieldNames().get(i));
      fresh.add(name);
      columns.add(Catalyst.alias(expressions.convert(projects.get(i)), name));
    }
    return new Relation(Catalyst.project(columns, input.plan()), fresh);
  }
}

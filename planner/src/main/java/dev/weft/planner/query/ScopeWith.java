package dev.weft.planner.query;

import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.param.Parameters;
import dev.weft.planner.plan.PlannedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** A scope with one table more, for a query of our own. */
record ScopeWith(QueryScope outer, String name, RelNode relation) implements QueryScope {

  @Override
  public Optional<RelNode> table(String wanted) {
    return wanted.equalsIgnoreCase(name) ? Optional.of(relation) : outer.table(wanted);
  }

  @Override
  public List<String> tableNames() {
    return outer.tableNames();
  }

  @Override
  public RelNode file(String format, String path, Span place) {
    return outer.file(format, path, place);
  }

  @Override
  public PlannedModel model(String model, Optional<String> version, Span place) {
    return outer.model(model, version, place);
  }

  @Override
  public boolean heldOutNothing(PlannedModel model) {
    return outer.heldOutNothing(model);
  }

  @Override
  public Path folder(Source source) {
    return outer.folder(source);
  }

  @Override
  public boolean sparkPlans() {
    return false;
  }

  @Override
  public Optional<String> constantText(String expression) {
    return outer.constantText(expression);
  }

  @Override
  public Parameters parameters() {
    return outer.parameters();
  }
}

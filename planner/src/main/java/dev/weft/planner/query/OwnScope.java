package dev.weft.planner.query;

import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.param.Parameters;
import dev.weft.planner.plan.PlannedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** What a query of our own can refer to: one table, and nothing of the script around it. */
record OwnScope(String name, RelNode relation, Parameters parameters) implements QueryScope {

  OwnScope(String name, RelNode relation) {
    this(name, relation, new Parameters(Optional.empty(), Map.of()));
  }

  @Override
  public Optional<RelNode> table(String wanted) {
    return wanted.equalsIgnoreCase(name) ? Optional.of(relation) : Optional.empty();
  }

  @Override
  public List<String> tableNames() {
    return List.of();
  }

  @Override
  public RelNode file(String format, String path, Span place) {
    throw new IllegalStateException("a query of our own reads " + path);
  }

  @Override
  public PlannedModel model(String model, Optional<String> version, Span place) {
    throw new IllegalStateException("a query of our own asks the model " + model);
  }

  @Override
  public boolean heldOutNothing(PlannedModel model) {
    return false;
  }

  @Override
  public Path folder(Source source) {
    return Path.of("");
  }

  @Override
  public Optional<String> constantText(String expression) {
    return Optional.empty();
  }

  @Override
  public boolean sparkPlans() {
    return false;
  }
}

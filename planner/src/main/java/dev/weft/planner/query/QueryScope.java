package dev.weft.planner.query;

import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.planner.param.Parameters;
import dev.weft.planner.plan.PlannedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** What a query can refer to at its place in the script. */
public interface QueryScope {

  /** A table that the session or an earlier statement has named. */
  Optional<RelNode> table(String name);

  /** The names of those tables. */
  List<String> tableNames();

  /** The rows of a file, as {@code format.`path`} in FROM gives them; fails with our own errors. */
  RelNode file(String format, String path, Span place);

  /** A model by name and version; fails with our own errors. */
  PlannedModel model(String name, Optional<String> version, Span place);

  /** Whether a model's training, by a statement before, holds nothing out. */
  boolean heldOutNothing(PlannedModel model);

  /** Where the relative paths of a source start. */
  Path folder(Source source);

  /** Whether every query goes to Spark as it stands. */
  boolean sparkPlans();

  /** The text that an expression of constants stands for; empty where it stands for none. */
  Optional<String> constantText(String expression);

  /** The parameters of the submission. */
  Parameters parameters();
}

package dev.weft.planner.analyze;

import dev.weft.grammar.ast.ImportModel;
import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Python;
import dev.weft.grammar.ast.Query;
import dev.weft.grammar.ast.SparkStatement;
import dev.weft.grammar.ast.Statement;
import dev.weft.grammar.ast.Train;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names a statement would have defined, had it been right. */
final class Definitions {

  /** How statements of Spark's own begin that make no table or view, whatever else is wrong. */
  private static final Pattern MAKES_NOTHING =
      Pattern.compile(
          "(?is)(ALTER(?!.*\\bRENAME\\s+TO\\b)|ANALYZE|COMMENT|DELETE|DESC|DESCRIBE|DROP|EXPLAIN"
              + "|INSERT|LOAD|MERGE|MSCK|REFRESH|SHOW|TRUNCATE|UPDATE)\\b.*");

  private Definitions() {}

  /** Whether a wrong statement might have made tables that nobody can tell. */
  static boolean mayMake(Statement statement) {
    return statement instanceof SparkStatement
        && !MAKES_NOTHING.matcher(statement.span().text()).matches();
  }

  static void failed(Statement statement, Overlay overlay) {
    table(statement).ifPresent(name -> overlay.tableFailed(name.text()));
    if (statement instanceof Train train) {
      overlay.models().failed(train.model().text());
    }
    if (statement instanceof ImportModel given) {
      overlay.models().failed(given.model().text());
    }
  }

  private static Optional<Name> table(Statement statement) {
    if (statement instanceof Load load) {
      return Optional.of(load.result());
    }
    if (statement instanceof Query query) {
      return query.result();
    }
    if (statement instanceof Python python) {
      return Optional.of(python.result());
    }
    if (statement instanceof Predict predict) {
      return Optional.of(predict.result());
    }
    return statement instanceof Train train ? train.result() : Optional.empty();
  }
}

package dev.weft.planner.analyze;

import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Name;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Query;
import dev.weft.grammar.ast.Statement;
import dev.weft.grammar.ast.Train;
import java.util.Optional;

/** The names a statement would have defined, had it been right. */
final class Definitions {

  private Definitions() {}

  static void failed(Statement statement, Overlay overlay) {
    table(statement).ifPresent(name -> overlay.tableFailed(name.text()));
    if (statement instanceof Train train) {
      overlay.modelFailed(train.model().text());
    }
  }

  private static Optional<Name> table(Statement statement) {
    if (statement instanceof Load load) {
      return Optional.of(load.result());
    }
    if (statement instanceof Query query) {
      return query.result();
    }
    if (statement instanceof Predict predict) {
      return Optional.of(predict.result());
    }
    return statement instanceof Train train ? train.result() : Optional.empty();
  }
}

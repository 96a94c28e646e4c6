package dev.weft.planner.query;

import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.ModelCatalog.Guess;
import dev.weft.planner.types.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** What guessing answers, as rows that are known once the model is trained. */
final class GuessRows {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("label", "string", false),
          new Column("value", "double", false),
          new Column("majority", "boolean", false));

  private GuessRows() {}

  static RelNode of(PlannedModel model, ModelCatalog models, RelOptCluster cluster) {
    return new LateRows(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        "labels that " + model.name() + " was trained on",
        () -> rows(models.guess(model.name(), model.version().orElseThrow())),
        SparkTypes.row(COLUMNS, cluster.getTypeFactory()));
  }

  /** The first of equally frequent classes is the majority, as in the report of TRAIN. */
  static List<List<Object>> rows(Guess guess) {
    double most = guess.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    int majority = guess.values().indexOf(most);
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < guess.values().size(); i++) {
      String label = guess.classes().isEmpty() ? "" : guess.classes().get(i);
      rows.add(List.of(label, guess.values().get(i), i == majority));
    }
    return rows;
  }
}

package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Places;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.antlr.WeftParser.ImportanceRelationContext;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.types.SparkTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** IMPORTANCE in FROM: what a model's features had to say in its training. */
final class ImportanceRelation {

  private static final List<Column> COLUMNS =
      List.of(new Column("feature", "string", false), new Column("importance", "double", false));

  private final ModelCatalog models;
  private final RelOptCluster cluster;

  ImportanceRelation(ModelCatalog models, RelOptCluster cluster) {
    this.models = models;
    this.cluster = cluster;
  }

  RelNode plan(ImportanceRelationContext tree, Source source, QueryScope scope) {
    PlannedModel model = ModelText.find(tree.modelReference(), source, scope);
    Span place = Places.of(source, tree.modelReference());
    model.version().ifPresent(version -> rows(model, version, place));
    return new LateRows(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        "importances of " + model.name(),
        () -> rows(model, model.version().orElseThrow(), place),
        SparkTypes.row(COLUMNS, cluster.getTypeFactory()));
  }

  /** The most important first. */
  private List<List<Object>> rows(PlannedModel model, int version, Span place) {
    Map<String, Double> found = models.importances(model.name(), version);
    if (found.isEmpty()) {
      throw untold(model, place);
    }
    Comparator<Map.Entry<String, Double>> least = Map.Entry.comparingByValue();
    return found.entrySet().stream()
        .sorted(least.reversed().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> List.<Object>of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static WeftException untold(PlannedModel model, Span place) {
    return ErrorCode.INVALID_CLAUSE.failure(
        place,
        "the model '"
            + model.name()
            + "' does not tell how important its features are; train with an algorithm that does,"
            + " such as lightgbm, or train it again if it is from an older version");
  }
}

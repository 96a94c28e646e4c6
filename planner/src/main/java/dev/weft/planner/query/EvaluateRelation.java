package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Places;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.DescriptorContext;
import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.ast.Query;
import dev.weft.planner.model.Predictions;
import dev.weft.planner.name.NameText;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.ModelSignature.Task;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** EVALUATE in FROM: on the part held out at training, or on a table as a query over PREDICT. */
final class EvaluateRelation {

  private final QueryPlanner planner;
  private final PredictRelation inputs;
  private final Predictions predictions;
  private final ModelCatalog models;
  private final RelOptCluster cluster;

  EvaluateRelation(
      QueryPlanner planner,
      PredictRelation inputs,
      Predictions predictions,
      ModelCatalog models,
      RelOptCluster cluster) {
    this.planner = planner;
    this.inputs = inputs;
    this.predictions = predictions;
    this.models = models;
    this.cluster = cluster;
  }

  RelNode plan(
      EvaluateRelationContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    PlannedModel model = ModelText.find(tree.modelReference(), source, scope);
    Span place = Places.of(source, tree.modelReference());
    Task task = model.signature().task();
    if (!task.labelled()
        && (!task.testable() || task == Task.TOPICS && tree.tableArgument() != null)) {
      throw ErrorCode.INVALID_CLAUSE.failure(place, unmeasured(model));
    }
    if (tree.tableArgument() == null) {
      if (tree.descriptor() != null) {
        throw ErrorCode.INVALID_CLAUSE.failure(
            Places.of(source, tree.descriptor()),
            "BY needs a table to group; write EVALUATE(MODEL m, TABLE t, BY => DESCRIPTOR(…))");
      }
      return heldOut(model, place, scope);
    }
    RelNode input = inputs.input(tree.tableArgument(), with, source, scope);
    if (task.labelled()) {
      label(input, model, Places.of(source, tree.tableArgument()));
    }
    List<String> by = by(tree.descriptor(), input, source);
    RelNode answered = predictions.over(input, model, Places.of(source, tree.tableArgument()));
    return metrics(answered, model, by, scope);
  }

  private static String unmeasured(PlannedModel model) {
    return "'"
        + model.name()
        + "' is a model of "
        + model.signature().task().name().toLowerCase(Locale.ROOT)
        + ", whose answers no table can be held against; the report of its TRAIN has what it"
        + " measured";
  }

  private RelNode heldOut(PlannedModel model, Span place, QueryScope scope) {
    if (scope.heldOutNothing(model)
        || model.version().isPresent()
            && models.heldOutMetrics(model.name(), model.version().get()).isEmpty()) {
      throw nothing(model, place);
    }
    List<Column> columns =
        List.of(
            new Column("metric", "string", false),
            new Column("value", "double", true),
            new Column("baseline", "double", true));
    return new LateRows(
        cluster,
        cluster.traitSetOf(Convention.NONE),
        "metrics of " + model.name(),
        () -> rows(model, place),
        SparkTypes.row(columns, cluster.getTypeFactory()));
  }

  private List<List<Object>> rows(PlannedModel model, Span place) {
    int version = model.version().orElseThrow();
    List<List<Object>> rows = models.heldOutMetrics(model.name(), version);
    if (rows.isEmpty()) {
      throw nothing(model, place);
    }
    return rows;
  }

  private static dev.weft.grammar.WeftException nothing(PlannedModel model, Span place) {
    return ErrorCode.INVALID_CLAUSE.failure(
        place,
        "the training of '"
            + model.name()
            + "' held nothing out to evaluate on; train with SPLIT, or give a table:"
            + " EVALUATE(MODEL "
            + model.name()
            + ", TABLE t)");
  }

  private static void label(RelNode input, PlannedModel model, Span place) {
    String label = model.signature().label().orElseThrow().name();
    List<String> names = input.getRowType().getFieldNames();
    if (names.stream().noneMatch(label::equalsIgnoreCase)) {
      String why = " in the input, and it is the label of '" + model.name() + "'";
      throw ErrorCode.COLUMN_NOT_FOUND.failure(place, label, why + Nearest.hint(label, names));
    }
  }

  private static List<String> by(@Nullable DescriptorContext tree, RelNode input, Source source) {
    if (tree == null) {
      return List.of();
    }
    List<String> names = input.getRowType().getFieldNames();
    for (NameContext name : tree.columnNames().name()) {
      String column = NameText.of(name);
      if (names.stream().noneMatch(column::equalsIgnoreCase)) {
        throw ErrorCode.COLUMN_NOT_FOUND.failure(
            Places.of(source, name), column, Nearest.hintOrList(column, names));
      }
    }
    return NameText.parts(tree.columnNames().name());
  }

  private RelNode metrics(RelNode answered, PlannedModel model, List<String> by, QueryScope scope) {
    MetricsText text = new MetricsText(model.signature(), by);
    Source source = new Source(Source.EVALUATE, text.text());
    Query query = (Query) ScriptParser.parse(source).orThrow().statements().get(0);
    QueryScope guessing =
        model.signature().task().labelled()
            ? new ScopeWith(scope, MetricsText.GUESS, GuessRows.of(model, models, cluster))
            : scope;
    return planner.plan(query.tree(), source, new ScopeWith(guessing, MetricsText.INPUT, answered));
  }
}

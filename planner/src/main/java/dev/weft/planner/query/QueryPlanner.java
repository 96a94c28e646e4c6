package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.FunctionRelationContext;
import dev.weft.grammar.antlr.WeftParser.ImportanceRelationContext;
import dev.weft.grammar.antlr.WeftParser.ModelReferenceContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.PredictRelationContext;
import dev.weft.grammar.antlr.WeftParser.QualifiedNameContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.planner.FollowUp;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.FunctionRejected;
import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.model.AnswersBelow;
import dev.weft.planner.model.Predictions;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.rel.Shown;
import dev.weft.planner.spi.ModelCatalog;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.types.SparkTypeFactory;
import dev.weft.planner.validate.DoubtfulKeys;
import dev.weft.planner.validate.OuterAggregates;
import dev.weft.planner.validate.SqlToRel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Plans queries: the entry to this package. */
public final class QueryPlanner {

  private final RelationalCatalog catalog;
  private final RelOptCluster cluster;
  private final SparkFunctions functions;
  private final TableLookup tables;
  private final SqlToRel converter;
  private final Handover handover;
  private final Verdict verdict;
  private final Predictions answering;
  private final PredictRelation predictions;
  private final EvaluateRelation evaluations;
  private final FunctionScans scans;
  private final Clauses clauses;
  private final ImportanceRelation importances;
  private final TransformedRows transformed;

  public QueryPlanner(RelationalCatalog catalog, ModelCatalog models, RelOptCluster cluster) {
    this.catalog = catalog;
    this.cluster = cluster;
    this.functions = new SparkFunctions(catalog);
    if (cluster.getTypeFactory() instanceof SparkTypeFactory types) {
      types.ask(values -> functions.common(values, types));
    }
    this.tables = new TableLookup(catalog, cluster);
    this.handover = new Handover(catalog, cluster, this);
    this.verdict = new Verdict(handover);
    this.scans = new FunctionScans(catalog, cluster);
    this.clauses = new Clauses(catalog, cluster);
    this.transformed = new TransformedRows(this, cluster);
    this.answering = new Predictions(cluster, functions, new ModelTransforms(transformed, models));
    this.converter = new SqlToRel(cluster, new AnswersBelow(cluster, answering));
    this.predictions = new PredictRelation(this, answering);
    this.evaluations = new EvaluateRelation(this, predictions, answering, models, cluster);
    this.importances = new ImportanceRelation(models, cluster);
  }

  /** The relation of a query. */
  public RelNode plan(QueryContext tree, Source source, QueryScope scope) {
    return plan(tree, List.of(), source, scope);
  }

  /** The relation of a query whose rows are shown: its columns may have the same name. */
  public RelNode shown(QueryContext tree, Source source, QueryScope scope) {
    return shown(tree, List.of(), source, scope);
  }

  /** The relation of a query that may read WITH items from around it. */
  RelNode plan(QueryContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    return Shown.below(shown(tree, with, source, scope));
  }

  private RelNode shown(
      QueryContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    HandoverText text = HandoverText.query(tree, with, source, scope);
    if (scope.sparkPlans()) {
      return handover.given(text, "weft.planner is 'spark'");
    }
    return planned(
        text,
        translation -> {
          SqlParserPos place = translation.positions().of(tree);
          return translation.queries().with(with, () -> translation.queries().query(tree), place);
        });
  }

  /** All rows of a table, which may be a WITH item. */
  RelNode rows(
      QualifiedNameContext name, List<NamedQueryContext> with, Source source, QueryScope scope) {
    return planned(
        HandoverText.table(name, with, source, scope),
        translation -> {
          SqlParserPos place = translation.positions().of(name);
          return translation
              .queries()
              .with(
                  with, () -> QueryToSql.star(translation.from().table(name, null), place), place);
        });
  }

  /** A table by name. */
  public RelNode table(List<String> name, Span place, QueryScope scope) {
    return tables.find(name, place, scope);
  }

  /** The columns of a relation, then expressions over it, each under the name given. */
  public RelNode extend(RelNode input, List<Named> items, Source source, QueryScope scope) {
    return planned(
        HandoverText.projection(items, input, source, scope),
        translation -> {
          SqlParserPos place = translation.positions().of(items.get(0).tree());
          List<SqlNode> columns = new ArrayList<>();
          columns.add(SqlIdentifier.star(place));
          items.forEach(item -> columns.add(named(item, translation)));
          SqlSelect select = QueryToSql.star(translation.tables().given(input, place), place);
          select.setSelectList(new SqlNodeList(columns, place));
          return select;
        });
  }

  private static SqlNode named(Named item, Translation translation) {
    SqlParserPos place = translation.positions().of(item.tree());
    SqlNode value = translation.expressions().visit(item.tree());
    return SqlStdOperatorTable.AS.createCall(place, value, new SqlIdentifier(item.name(), place));
  }

  /** The columns of rows, then a model's answers to them. */
  public RelNode predict(RelNode input, PlannedModel model, Span place) {
    return answering.over(input, model, place);
  }

  /** What TRANSFORM computes from rows. */
  public TransformedRows transformed() {
    return transformed;
  }

  /** The functions that plans call. */
  public SparkFunctions functions() {
    return functions;
  }

  /** One row with one expression. */
  public RelNode value(Named item, Source source, QueryScope scope) {
    return planned(
        HandoverText.value(item.tree(), item.name(), source, scope),
        translation -> {
          SqlParserPos place = translation.positions().of(item.tree());
          SqlSelect select = QueryToSql.star(null, place);
          select.setSelectList(SqlNodeList.of(named(item, translation)));
          return select;
        });
  }

  private RelNode planned(HandoverText text, Step step) {
    Optional<String> setting = TextSettings.changed(catalog, text);
    if (setting.isPresent()) {
      return handover.given(text, setting.get());
    }
    try {
      return read(text, step);
    } catch (NotRepresentable gap) {
      return handover.given(text, gap.reason());
    } catch (WeftException | FollowUp known) {
      throw known;
    } catch (StackOverflowError deep) {
      throw ErrorCode.NESTED_TOO_DEEPLY.failure(text.span());
    } catch (AssertionError | RuntimeException gap) {
      return verdict.onGap(gap, text);
    }
  }

  /**
   * Reads a text, and again in other ways as long as checking shows what else it may mean. What is
   * told in the end is the first failure at the place that no other way mends.
   */
  private RelNode read(HandoverText text, Step step) {
    Readings readings = Readings.FIRST;
    Attempt told = new Attempt(text, step, readings);
    Attempt attempt = told;
    RuntimeException failure = null;
    while (true) {
      try {
        return attempt.convert();
      } catch (CalciteException | FunctionRejected wrong) {
        Optional<Readings> next = readings.after(wrong);
        if (failure == null || Readings.column(wrong) != Readings.column(failure)) {
          failure = wrong;
          told = attempt;
        }
        if (next.isEmpty()) {
          return verdict.on(failure, text, told.inner.relations());
        }
        readings = next.get();
        attempt = new Attempt(text, step, readings);
      }
    }
  }

  /** One translation and conversion of a text. */
  private final class Attempt {

    private final HandoverText text;
    private final Step step;
    private final InnerTables inner;
    private final Translation translation;

    Attempt(HandoverText text, Step step, Readings readings) {
      this.text = text;
      this.step = step;
      this.inner = new InnerTables(new Origins(text.source(), text.scope()));
      this.translation =
          new Translation(
              new Positions(text.source()),
              functions,
              cluster.getTypeFactory(),
              text.scope().parameters(),
              inner,
              readings);
    }

    RelNode convert() {
      return OuterAggregates.refuse(
          DoubtfulKeys.refuse(
              converter.convert(
                  step.translate(translation), inner.relations(), text.scope().parameters())));
    }
  }

  RelNode predict(
      PredictRelationContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    return predictions.plan(tree, with, source, scope);
  }

  RelNode evaluate(
      EvaluateRelationContext tree, List<NamedQueryContext> with, Source source, QueryScope scope) {
    return evaluations.plan(tree, with, source, scope);
  }

  RelNode importance(ImportanceRelationContext tree, Source source, QueryScope scope) {
    return importances.plan(tree, source, scope);
  }

  /** An expression and the name of its column. */
  public record Named(ExpressionContext tree, String name) {}

  /** Makes the SqlNode of a text. */
  private interface Step {
    SqlNode translate(Translation translation);
  }

  /** Where a query's relations come from. */
  private final class Origins implements InnerTables.Origin {

    private final Source source;
    private final QueryScope scope;

    Origins(Source source, QueryScope scope) {
      this.source = source;
      this.scope = scope;
    }

    @Override
    public RelNode table(List<String> name, Span span) {
      return tables.find(name, span, scope);
    }

    @Override
    public boolean isToCome(List<String> name) {
      return scope.table(String.join(".", name)).filter(LateRows::areNamed).isPresent();
    }

    @Override
    public RelNode function(FunctionRelationContext tree) {
      return scans.plan(tree, source);
    }

    @Override
    public RelNode clause(
        String clause, String text, SqlNode query, Map<String, RelNode> relations) {
      RelNode rows = Shown.below(converter.convert(query, relations, scope.parameters()));
      return clauses.of(clause, text, Map.of(Clauses.INPUT, rows));
    }

    @Override
    public RelNode recursive(NamedQueryContext item, List<NamedQueryContext> before) {
      HandoverText text = HandoverText.recursive(item, before, source, scope);
      HandoverWriter writer =
          new HandoverWriter(text, QueryPlanner.this, cluster.getTypeFactory()).write();
      String clause = "WITH RECURSIVE " + text.span().text();
      return clauses.of(clause, writer.written(), writer.tables());
    }

    @Override
    public RelNode predict(PredictRelationContext tree, List<NamedQueryContext> with) {
      return QueryPlanner.this.predict(tree, with, source, scope);
    }

    @Override
    public PlannedModel model(ModelReferenceContext tree) {
      return ModelText.find(tree, source, scope);
    }

    @Override
    public RelNode evaluate(EvaluateRelationContext tree, List<NamedQueryContext> with) {
      return QueryPlanner.this.evaluate(tree, with, source, scope);
    }

    @Override
    public RelNode importance(ImportanceRelationContext tree) {
      return QueryPlanner.this.importance(tree, source, scope);
    }
  }
}

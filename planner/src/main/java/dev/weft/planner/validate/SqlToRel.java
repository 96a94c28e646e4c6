package dev.weft.planner.validate;

import dev.weft.planner.model.AnswerFunction;
import dev.weft.planner.model.AnswersBelow;
import dev.weft.planner.param.Parameters;
import dev.weft.planner.rel.Shown;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Checks a query's SqlNode and turns it into a relational expression. */
public final class SqlToRel {

  private static final SqlToRelConverter.Config CONVERSION =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withDecorrelationEnabled(false)
          .withRemoveSortInSubQuery(false)
          .withInSubQueryThreshold(Integer.MAX_VALUE)
          .withRelBuilderConfigTransform(Rels::asWritten);

  private final RelOptCluster cluster;

  private final AnswersBelow answers;

  public SqlToRel(RelOptCluster cluster, AnswersBelow answers) {
    this.cluster = cluster;
    this.answers = answers;
  }

  /** The relation, under its own names where they repeat. */
  public RelNode convert(SqlNode query, Map<String, RelNode> tables, Parameters parameters) {
    CalciteCatalogReader reader = reader(tables);
    SparkValidator validator = new SparkValidator(reader, parameters);
    SqlNode checked = validator.validate(query);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (type, text, schema, view) -> {
              throw new IllegalStateException("there are no views here");
            },
            validator,
            reader,
            cluster,
            new SparkConvertlets(),
            CONVERSION);
    RelNode relation = converter.convertQuery(checked, false, true).project();
    boolean asks = CallIn.any(checked, call -> call.getOperator() instanceof AnswerFunction);
    return Shown.under(validator.names(checked), asks ? answers.of(relation) : relation);
  }

  private CalciteCatalogReader reader(Map<String, RelNode> tables) {
    CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    tables.forEach((name, relation) -> root.add(name, new RelTable(relation)));
    CalciteConnectionConfig configuration =
        CalciteConnectionConfig.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false");
    return new CalciteCatalogReader(root, List.of(), cluster.getTypeFactory(), configuration);
  }
}

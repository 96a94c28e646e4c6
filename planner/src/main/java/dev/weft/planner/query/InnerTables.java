package dev.weft.planner.query;

import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.antlr.WeftParser.FunctionRelationContext;
import dev.weft.grammar.antlr.WeftParser.ImportanceRelationContext;
import dev.weft.grammar.antlr.WeftParser.ModelReferenceContext;
import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.grammar.antlr.WeftParser.PredictRelationContext;
import dev.weft.planner.plan.PlannedModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The relations one query reads, each under a name of its own that no user can write: names are
 * resolved here and not by Calcite, so that a missing one is reported as we report it.
 */
final class InnerTables {

  private final Origin origin;
  private final Map<String, RelNode> relations = new LinkedHashMap<>();

  InnerTables(Origin origin) {
    this.origin = origin;
  }

  SqlIdentifier table(List<String> name, Span span, SqlParserPos place) {
    return add(origin.table(name, span), place);
  }

  boolean isToCome(List<String> name) {
    return origin.isToCome(name);
  }

  SqlIdentifier predict(
      PredictRelationContext tree, List<NamedQueryContext> with, SqlParserPos place) {
    return add(origin.predict(tree, with), place);
  }

  PlannedModel model(ModelReferenceContext tree) {
    return origin.model(tree);
  }

  SqlIdentifier evaluate(
      EvaluateRelationContext tree, List<NamedQueryContext> with, SqlParserPos place) {
    return add(origin.evaluate(tree, with), place);
  }

  SqlIdentifier function(FunctionRelationContext tree, SqlParserPos place) {
    return add(origin.function(tree), place);
  }

  SqlIdentifier importance(ImportanceRelationContext tree, SqlParserPos place) {
    return add(origin.importance(tree), place);
  }

  /** A query of its own under a clause that keeps Spark's words. */
  SqlIdentifier clause(String clause, String text, SqlNode query, SqlParserPos place) {
    return add(origin.clause(clause, text, query, relations), place);
  }

  /** A WITH item that reads itself. */
  SqlIdentifier recursive(
      NamedQueryContext item, List<NamedQueryContext> before, SqlParserPos place) {
    return add(origin.recursive(item, before), place);
  }

  /** A relation that the text does not name. */
  SqlIdentifier given(RelNode relation, SqlParserPos place) {
    return add(relation, place);
  }

  /** Whether a relation read so far has a column of a name. */
  boolean hasColumn(String name) {
    return relations.values().stream()
        .flatMap(relation -> relation.getRowType().getFieldNames().stream())
        .anyMatch(name::equalsIgnoreCase);
  }

  /** The relations by their inner names. */
  Map<String, RelNode> relations() {
    return relations;
  }

  private SqlIdentifier add(RelNode relation, SqlParserPos place) {
    String name = "#" + (relations.size() + 1);
    relations.put(name, relation);
    return new SqlIdentifier(name, place);
  }

  /** Where relations come from. */
  interface Origin {

    /** A table of the script, the catalog or a file. */
    RelNode table(List<String> name, Span span);

    /** Whether a statement of Spark's has still to make the table. */
    boolean isToCome(List<String> name);

    /** A PREDICT in FROM, with the WITH items that its own query may read. */
    RelNode predict(PredictRelationContext tree, List<NamedQueryContext> with);

    /** A function of Spark's that gives rows, its arguments constant. */
    RelNode function(FunctionRelationContext tree);

    /** A clause over a query of these relations. */
    RelNode clause(String clause, String text, SqlNode query, Map<String, RelNode> relations);

    /** A WITH item that reads itself, and items before it. */
    RelNode recursive(NamedQueryContext item, List<NamedQueryContext> before);

    /** The model of a PREDICT in an expression. */
    PlannedModel model(ModelReferenceContext tree);

    /** An EVALUATE in FROM. */
    RelNode evaluate(EvaluateRelationContext tree, List<NamedQueryContext> with);

    /** An IMPORTANCE in FROM. */
    RelNode importance(ImportanceRelationContext tree);
  }
}

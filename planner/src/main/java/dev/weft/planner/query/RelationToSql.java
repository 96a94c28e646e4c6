package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.EvaluateRelationContext;
import dev.weft.grammar.antlr.WeftParser.FunctionRelationContext;
import dev.weft.grammar.antlr.WeftParser.ImportanceRelationContext;
import dev.weft.grammar.antlr.WeftParser.NestedRelationContext;
import dev.weft.grammar.antlr.WeftParser.PredictRelationContext;
import dev.weft.grammar.antlr.WeftParser.QueryRelationContext;
import dev.weft.grammar.antlr.WeftParser.TableRelationContext;
import dev.weft.grammar.antlr.WeftParser.ValuesRelationContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.name.NameText;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** One relation of FROM. */
final class RelationToSql extends StrictVisitor {

  /** The alias of a subquery without one; no user can write it. */
  private static final String UNNAMED = "#subquery";

  private final Translation translation;

  RelationToSql(Translation translation) {
    this.translation = translation;
  }

  @Override
  public SqlNode visitTableRelation(TableRelationContext tree) {
    boolean toCome =
        tree.timeTravel() != null
            && translation.tables().isToCome(NameText.parts(tree.qualifiedName()));
    // Its versions have its columns; the query is planned again when the table is there.
    if (!toCome && (tree.timeTravel() != null || tree.tableOptions() != null)) {
      throw new NotRepresentable("time travel or options of a table");
    }
    if (tree.sample() != null) {
      SqlNode rows = translation.from().table(tree.qualifiedName(), null);
      String name =
          NameText.parts(tree.qualifiedName()).get(tree.qualifiedName().name().size() - 1);
      return translation
          .from()
          .aliased(
              translation.clauses().sampled(rows, tree.sample()),
              tree.tableAlias(),
              name,
              place(tree));
    }
    return translation.from().table(tree.qualifiedName(), tree.tableAlias());
  }

  @Override
  public SqlNode visitQueryRelation(QueryRelationContext tree) {
    SqlNode query = translation.queries().query(tree.query());
    if (tree.sample() != null) {
      query = translation.clauses().sampled(query, tree.sample());
    }
    return translation.from().aliased(query, tree.tableAlias(), unnamed(tree), place(tree));
  }

  private static String unnamed(ParserRuleContext tree) {
    return UNNAMED + tree.getStart().getStartIndex();
  }

  @Override
  public SqlNode visitNestedRelation(NestedRelationContext tree) {
    if (tree.sample() == null && tree.tableAlias() == null) {
      return translation.from().bracketed(tree.relation());
    }
    SqlNode rows = QueryToSql.star(translation.from().bracketed(tree.relation()), place(tree));
    if (tree.sample() != null) {
      rows = translation.clauses().sampled(rows, tree.sample());
    }
    return translation.from().aliased(rows, tree.tableAlias(), unnamed(tree), place(tree));
  }

  @Override
  public SqlNode visitValuesRelation(ValuesRelationContext tree) {
    return translation.from().values(tree.valuesClause());
  }

  @Override
  public SqlNode visitPredictRelation(PredictRelationContext tree) {
    SqlParserPos place = place(tree);
    SqlNode rows = translation.tables().predict(tree, translation.from().visible(), place);
    return translation.from().aliased(rows, tree.tableAlias(), "predict", place);
  }

  @Override
  public SqlNode visitEvaluateRelation(EvaluateRelationContext tree) {
    SqlParserPos place = place(tree);
    SqlNode rows = translation.tables().evaluate(tree, translation.from().visible(), place);
    return translation.from().aliased(rows, tree.tableAlias(), "evaluate", place);
  }

  @Override
  public SqlNode visitImportanceRelation(ImportanceRelationContext tree) {
    SqlParserPos place = place(tree);
    SqlNode rows = translation.tables().importance(tree, place);
    return translation.from().aliased(rows, tree.tableAlias(), "importance", place);
  }

  @Override
  public SqlNode visitFunctionRelation(FunctionRelationContext tree) {
    if (!FunctionScans.isSource(tree) && translation.generators().isGenerator(tree)) {
      SqlNode rows = translation.generators().relation(tree);
      String name = tree.functionName().getText();
      return translation.from().aliased(rows, tree.tableAlias(), name, place(tree));
    }
    if (!FunctionScans.isSource(tree)) {
      throw new NotRepresentable("the table function " + tree.functionName().getText());
    }
    SqlParserPos place = place(tree);
    SqlNode rows = translation.tables().function(tree, place);
    return translation
        .from()
        .aliased(rows, tree.tableAlias(), tree.functionName().getText(), place);
  }

  private SqlParserPos place(ParserRuleContext tree) {
    return translation.positions().of(tree);
  }
}

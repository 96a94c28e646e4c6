package dev.weft.planner.query;

import dev.weft.grammar.Places;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.CallArgumentContext;
import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.FunctionRelationContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.PositionalParameterContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.AnalyzedText;
import dev.weft.planner.spi.SparkError;
import dev.weft.planner.types.SparkTypes;
import java.util.Map;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** Functions in FROM whose arguments are constant: a source of rows like a table. */
final class FunctionScans {

  private final RelationalCatalog catalog;
  private final RelOptCluster cluster;

  FunctionScans(RelationalCatalog catalog, RelOptCluster cluster) {
    this.catalog = catalog;
    this.cluster = cluster;
  }

  /** Whether it reads nothing but constants. */
  static boolean isSource(FunctionRelationContext tree) {
    return tree.functionName().qualifiedName() != null
        && !tree.functionName()
            .getText()
            .toLowerCase(java.util.Locale.ROOT)
            .startsWith("identifier")
        && tree.callArgument().stream().allMatch(FunctionScans::isConstant);
  }

  private static boolean isConstant(CallArgumentContext argument) {
    return argument.expression() != null && !reads(argument.expression());
  }

  private static boolean reads(ParseTree tree) {
    if (tree instanceof ColumnContext
        || tree instanceof QueryContext
        || tree instanceof PositionalParameterContext
        || tree instanceof NamedParameterContext) {
      return true;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (reads(tree.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  RelNode plan(FunctionRelationContext tree, Source source) {
    Span span = Places.of(source, tree);
    int end = Places.of(source, tree.RIGHT_PAREN().getSymbol()).end();
    String call = source.text().substring(span.start(), end);
    try {
      AnalyzedText rows = catalog.analyze("SELECT * FROM " + call, Map.of());
      return new FunctionScan(
          cluster,
          cluster.traitSetOf(Convention.NONE),
          call,
          rows,
          SparkTypes.row(rows.columns(), cluster.getTypeFactory()));
    } catch (SparkError refused) {
      // The whole query shows Spark's error at its place.
      throw new NotRepresentable("the table function " + tree.functionName().getText());
    }
  }
}

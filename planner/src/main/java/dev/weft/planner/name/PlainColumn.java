package dev.weft.planner.name;

import dev.weft.grammar.Source;
import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;

/** Expressions that are nothing but a column, and the names of all others. */
public final class PlainColumn {

  private PlainColumn() {}

  /** The column's name, if the expression is one. */
  public static Optional<String> of(ExpressionContext tree) {
    ParseTree node = tree;
    while (node.getChildCount() == 1 && !(node instanceof ColumnContext)) {
      node = node.getChild(0);
    }
    return node instanceof ColumnContext column
        ? Optional.of(NameText.of(column.name()))
        : Optional.empty();
  }

  /** The name that Spark gives to an unnamed expression. */
  public static String name(ExpressionContext tree, Source source) {
    return ColumnNames.of(tree, source);
  }
}

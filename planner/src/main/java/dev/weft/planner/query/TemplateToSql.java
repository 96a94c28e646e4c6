package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Places;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser.CollateContext;
import dev.weft.grammar.antlr.WeftParser.ColumnContext;
import dev.weft.grammar.antlr.WeftParser.ComparisonContext;
import dev.weft.grammar.antlr.WeftParser.ConstantContext;
import dev.weft.grammar.antlr.WeftParser.DereferenceContext;
import dev.weft.grammar.antlr.WeftParser.ExpressionContext;
import dev.weft.grammar.antlr.WeftParser.LambdaContext;
import dev.weft.grammar.antlr.WeftParser.NameContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.PositionalParameterContext;
import dev.weft.grammar.antlr.WeftParser.PredictCallContext;
import dev.weft.grammar.antlr.WeftParser.PrimaryContext;
import dev.weft.grammar.antlr.WeftParser.QueryContext;
import dev.weft.grammar.antlr.WeftParser.StarContext;
import dev.weft.grammar.antlr.WeftParser.SubscriptContext;
import dev.weft.grammar.antlr.WeftParser.ValueContext;
import dev.weft.grammar.antlr.WeftParser.VariantFieldContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.SparkTemplate;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Forms that Calcite has no words for, lambdas above all: they keep their own text, and only what
 * they read from outside, their operands, is translated.
 */
final class TemplateToSql {

  private final Translation translation;

  TemplateToSql(Translation translation) {
    this.translation = translation;
  }

  /** The expression of a tree, its outermost form kept as text. */
  SqlNode of(ParserRuleContext tree) {
    return new Writer(tree, null, false).call();
  }

  /** The same, where a part of the tree is a word and no expression. */
  SqlNode of(ParserRuleContext tree, ParserRuleContext word) {
    return new Writer(tree, word, false).call();
  }

  /** The same, where Spark has to see the constants below as they are written. */
  SqlNode withConstants(ParserRuleContext tree) {
    return new Writer(tree, null, true).call();
  }

  /** Whether a tree is a lambda. */
  static boolean isLambda(ParseTree tree) {
    return tree instanceof LambdaContext || tree.getChildCount() == 1 && isLambda(tree.getChild(0));
  }

  /** One text being written. */
  private final class Writer {

    private final ParserRuleContext root;
    private final @Nullable ParserRuleContext word;
    private final boolean constants;
    private final boolean isVariable;
    private final StringBuilder out = new StringBuilder();
    private final List<SqlNode> operands = new ArrayList<>();
    private int copied;

    Writer(ParserRuleContext root, @Nullable ParserRuleContext word, boolean constants) {
      this.root = root;
      this.word = word;
      this.constants = constants;
      this.isVariable =
          root instanceof ColumnContext
              || root instanceof DereferenceContext && !isVariantPath(root);
    }

    SqlNode call() {
      Span span = translation.positions().span(root);
      copied = span.start();
      children(root, Set.of());
      copyTo(span.end());
      return translation
          .functions()
          .template(out.toString())
          .createCall(translation.positions().of(root), operands);
    }

    private void children(ParseTree tree, Set<String> bound) {
      for (int i = 0; i < tree.getChildCount(); i++) {
        one(tree.getChild(i), bound);
      }
    }

    private void one(ParseTree tree, Set<String> bound) {
      if (tree == word || isVariable) {
        return;
      }
      if (isVariantPath(tree)) {
        children(tree, bound);
        return;
      }
      if (tree instanceof PredictCallContext && reads(tree, bound)) {
        throw ErrorCode.NOT_AVAILABLE.failure(
            translation.positions().span((ParserRuleContext) tree),
            "PREDICT of a lambda's parameter",
            "explode the array in FROM, and predict its rows");
      }
      if (tree instanceof LambdaContext lambda) {
        Set<String> inner = new HashSet<>(bound);
        lambda.name().forEach(name -> inner.add(lower(name)));
        one(lambda.expression(), inner);
      } else if (tree instanceof QueryContext) {
        throw new NotRepresentable("a subquery in a lambda");
      } else if (!isExpression(tree) || !reads(tree, bound) && isConstant(tree)) {
        children(tree, bound);
      } else if (reads(tree, bound) || holdsLambda(tree) || constants && isCollated(tree)) {
        children(tree, bound);
      } else if (constants && !readsAnything(tree)) {
        // Only checked: what Spark sees is the text.
        Objects.requireNonNull(translation.expressions().visit(tree));
      } else {
        operand((ParserRuleContext) tree);
      }
    }

    private void operand(ParserRuleContext tree) {
      Span span = Places.of(translation.positions().source(), tree);
      copyTo(span.start());
      out.append(SparkTemplate.place(operands.size()));
      operands.add(translation.expressions().visit(tree));
      copied = span.end();
    }

    private void copyTo(int end) {
      if (end > copied) {
        out.append(translation.positions().source().text(), copied, end);
        copied = end;
      }
    }
  }

  private static boolean isExpression(ParseTree tree) {
    return tree instanceof ExpressionContext
        || tree instanceof ComparisonContext
        || tree instanceof ValueContext
        || tree instanceof PrimaryContext;
  }

  private static boolean isConstant(ParseTree tree) {
    return tree instanceof ConstantContext
        || tree instanceof StarContext
        || tree.getChildCount() == 1 && isConstant(tree.getChild(0));
  }

  /** Whether a tree is a field of a variant, whose path Spark reads as a whole. */
  static boolean isVariantPath(ParseTree tree) {
    if (tree instanceof VariantFieldContext) {
      return true;
    }
    boolean step = tree instanceof DereferenceContext || tree instanceof SubscriptContext;
    return (step || tree.getChildCount() == 1)
        && tree.getChildCount() > 0
        && isVariantPath(tree.getChild(0));
  }

  private static boolean isCollated(ParseTree tree) {
    return tree instanceof CollateContext
        || tree.getChildCount() == 1 && isCollated(tree.getChild(0));
  }

  /** Whether a tree reads a column, a parameter or a query. */
  static boolean readsAnything(ParseTree tree) {
    if (tree instanceof ColumnContext
        || tree instanceof PredictCallContext
        || tree instanceof QueryContext
        || tree instanceof NamedParameterContext
        || tree instanceof PositionalParameterContext) {
      return true;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (readsAnything(tree.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsLambda(ParseTree tree) {
    if (tree instanceof LambdaContext) {
      return true;
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (holdsLambda(tree.getChild(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a tree reads one of these lambda parameters. */
  private static boolean reads(ParseTree tree, Set<String> bound) {
    if (tree instanceof ColumnContext column) {
      return bound.contains(lower(column.name()));
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      if (reads(tree.getChild(i), bound)) {
        return true;
      }
    }
    return false;
  }

  private static String lower(NameContext name) {
    return NameText.of(name).toLowerCase(Locale.ROOT);
  }
}

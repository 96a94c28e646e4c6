package dev.weft.grammar.format;

import dev.weft.grammar.antlr.WeftLexer;
import dev.weft.grammar.antlr.WeftParser;
import java.util.Set;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Where a blank stands between two words on a line. */
final class Spacing {

  private static final Set<Integer> NONE_BEFORE =
      Set.of(
          WeftLexer.COMMA,
          WeftLexer.SEMICOLON,
          WeftLexer.RIGHT_PAREN,
          WeftLexer.RIGHT_BRACKET,
          WeftLexer.DOT,
          WeftLexer.AT,
          WeftLexer.DOUBLE_COLON);

  private static final Set<Integer> NONE_BEHIND =
      Set.of(
          WeftLexer.LEFT_PAREN,
          WeftLexer.LEFT_BRACKET,
          WeftLexer.DOT,
          WeftLexer.AT,
          WeftLexer.DOUBLE_COLON);

  /** Where a bracket belongs to the name before it. */
  private static final Set<Class<?>> CALLS =
      Set.of(
          WeftParser.FunctionCallContext.class,
          WeftParser.StarCallContext.class,
          WeftParser.StructValueContext.class,
          WeftParser.CastContext.class,
          WeftParser.ExtractContext.class,
          WeftParser.SubstringContext.class,
          WeftParser.TrimContext.class,
          WeftParser.PositionContext.class,
          WeftParser.OverlayContext.class,
          WeftParser.PredictCallContext.class,
          WeftParser.FunctionRelationContext.class,
          WeftParser.PredictRelationContext.class,
          WeftParser.EvaluateRelationContext.class,
          WeftParser.ImportanceRelationContext.class,
          WeftParser.LateralViewContext.class,
          WeftParser.SimpleTypeContext.class,
          WeftParser.IdentifierClauseContext.class,
          WeftParser.FunctionNameContext.class,
          WeftParser.RollupOrCubeContext.class,
          WeftParser.CallArgumentContext.class);

  private Spacing() {}

  /**
   * Whether a blank stands between two words.
   *
   * @param apart whether the script has one there, which decides where only Spark knows the words
   */
  static boolean between(@Nullable TerminalNode left, TerminalNode right, boolean apart) {
    if (left == null) {
      return apart;
    }
    int before = left.getSymbol().getType();
    int behind = right.getSymbol().getType();
    if (before == WeftLexer.INTEGER_VALUE && behind == WeftLexer.DOT
        || before == WeftLexer.DOT && behind == WeftLexer.INTEGER_VALUE) {
      // Together they could be read as a fraction.
      return apart;
    }
    if (NONE_BEFORE.contains(behind) || NONE_BEHIND.contains(before)) {
      return false;
    }
    if (behind == WeftLexer.LEFT_PAREN || behind == WeftLexer.LEFT_BRACKET) {
      return !joins(left, right);
    }
    if (isType(left) || isType(right)) {
      boolean closing = behind == WeftLexer.GREATER && before == behind;
      return closing ? apart : inType(left, right);
    }
    if (isSign(left)) {
      return before == behind;
    }
    return colons(left, right);
  }

  private static boolean joins(TerminalNode left, TerminalNode right) {
    ParseTree parent = right.getParent();
    if (right.getSymbol().getType() == WeftLexer.LEFT_BRACKET) {
      return parent instanceof WeftParser.SubscriptContext
          || parent instanceof WeftParser.VariantFieldContext;
    }
    if (isSign(left)) {
      return true;
    }
    if (parent instanceof WeftParser.FunctionCallContext call) {
      return call.LEFT_PAREN(0) == right;
    }
    return CALLS.contains(parent.getClass())
        || parent instanceof WeftParser.ColumnNamesContext
            && !(parent.getParent() instanceof WeftParser.JoinCriteriaContext
                || parent.getParent() instanceof WeftParser.InsertClauseContext
                || parent.getParent() instanceof WeftParser.CreateClauseContext);
  }

  /** A sign or {@code !} in front of its value. */
  private static boolean isSign(TerminalNode word) {
    ParseTree parent = word.getParent();
    int type = word.getSymbol().getType();
    return parent instanceof WeftParser.UnaryContext
        || parent instanceof WeftParser.LiteralContext && type == WeftLexer.MINUS
        || parent instanceof WeftParser.SeedClauseContext && type == WeftLexer.MINUS
        || parent instanceof WeftParser.NotExpressionContext && type == WeftLexer.BANG
        || (parent instanceof WeftParser.IntervalPartContext
                || parent instanceof WeftParser.IntervalLiteralContext
                || parent instanceof WeftParser.IntervalContext)
            && (type == WeftLexer.MINUS || type == WeftLexer.PLUS);
  }

  private static boolean isType(TerminalNode word) {
    int type = word.getSymbol().getType();
    return (type == WeftLexer.LESS || type == WeftLexer.GREATER || type == WeftLexer.NOT_EQUAL)
        && word.getParent() instanceof WeftParser.DataTypeContext;
  }

  private static boolean inType(TerminalNode left, TerminalNode right) {
    return isType(left)
        && left.getSymbol().getType() != WeftLexer.LESS
        && !isType(right)
        && right.getSymbol().getType() != WeftLexer.COLON;
  }

  private static boolean colons(TerminalNode left, TerminalNode right) {
    boolean leftColon = left.getSymbol().getType() == WeftLexer.COLON;
    boolean rightColon = right.getSymbol().getType() == WeftLexer.COLON;
    if (rightColon) {
      return right.getParent() instanceof WeftParser.ParameterContext;
    }
    return !leftColon
        || left.getParent() instanceof WeftParser.StructFieldContext
        || left.getParent() instanceof WeftParser.ColumnDefinitionContext;
  }

  /** What holds words whose meaning only Spark knows: they keep their blanks and their case. */
  static boolean isSparks(ParseTree tree) {
    return tree instanceof WeftParser.BalancedContext
        || tree instanceof WeftParser.PipedContext
        || tree instanceof WeftParser.HintContext
        || tree instanceof WeftParser.RowFormatContext
        || tree instanceof WeftParser.TablePartitioningContext;
  }
}

package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.CallArgumentContext;
import dev.weft.planner.function.SparkLiteral;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.types.SparkTypeFactory;
import dev.weft.planner.types.SparkTypes;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** The literals at the end of an aggregate's arguments, which Spark wants to be constant. */
final class Constants {

  private static final RelDataTypeFactory TYPES = new SparkTypeFactory();

  private Constants() {}

  /**
   * Where they start, never at the first argument; a window function keeps its literals, which the
   * plan can hold.
   */
  static int start(List<SqlNode> arguments, List<CallArgumentContext> trees, boolean window) {
    int start = arguments.size();
    boolean computed = false;
    while (start > 1 && (is(arguments.get(start - 1)) || isComputed(trees.get(start - 1)))) {
      start--;
      computed = computed || !is(arguments.get(start));
    }
    return window && !computed ? arguments.size() : start;
  }

  /** A call that reads nothing, such as an array of fractions. */
  private static boolean isComputed(CallArgumentContext tree) {
    return tree.expression() != null
        && tree.FAT_ARROW() == null
        && !TemplateToSql.readsAnything(tree.expression());
  }

  /** Whether an argument is a literal. */
  static boolean is(SqlNode argument) {
    return argument instanceof SqlLiteral literal && SparkLiteral.text(literal).isPresent();
  }

  /** A constant that only its text says. */
  static Argument argument(String text) {
    return new Argument("void", true, Optional.of(text));
  }

  static Argument argument(SqlLiteral literal) {
    String type = SparkTypes.text(literal.createSqlType(TYPES));
    return new Argument(type, false, SparkLiteral.text(literal));
  }
}

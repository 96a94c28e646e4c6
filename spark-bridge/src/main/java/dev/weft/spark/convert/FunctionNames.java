package dev.weft.spark.convert;

import static java.util.Map.entry;

import dev.weft.planner.function.SparkOperator;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlOperator;

/** Calcite's own operators under Spark's function names; every other name is Spark's already. */
final class FunctionNames {

  private static final Map<String, String> TABLE =
      Map.ofEntries(
          entry("+", "+"),
          entry("-", "-"),
          entry("*", "*"),
          entry("/", "/"),
          entry("/INT", "div"),
          entry("%", "%"),
          entry("MOD", "mod"),
          entry("=", "="),
          entry("<", "<"),
          entry("<=", "<="),
          entry(">", ">"),
          entry(">=", ">="),
          entry("<=>", "<=>"),
          entry("IS NOT DISTINCT FROM", "<=>"),
          entry("AND", "and"),
          entry("OR", "or"),
          entry("NOT", "not"),
          entry("-/1", "negative"),
          entry("+/1", "positive"),
          entry("IS NULL", "isnull"),
          entry("IS NOT NULL", "isnotnull"),
          entry("IS NAN", "isnan"),
          entry("||", "concat"),
          entry("CHARACTER_LENGTH", "char_length"),
          entry("LN", "ln"),
          entry("LOG10", "log10"),
          entry("CEIL", "ceil"),
          entry("FLOOR", "floor"),
          entry("SUBSTRING", "substring"),
          entry("POSITION", "position"),
          entry("EXTRACT", "date_part"),
          entry("RAND", "rand"),
          entry("RAND_INTEGER", "randn"),
          entry("ITEM", "element_at"),
          entry("ARRAY", "array"),
          entry("MAP", "map"),
          entry("ROW", "struct"),
          entry("COLLECT", "collect_list"),
          entry("ARRAY_AGG", "collect_list"),
          entry("LISTAGG", "listagg"),
          entry("GROUP_CONCAT", "listagg"),
          entry("FIRST_VALUE", "first_value"),
          entry("LAST_VALUE", "last_value"),
          entry("APPROX_COUNT_DISTINCT", "approx_count_distinct"),
          entry("BIT_AND", "bit_and"),
          entry("BIT_OR", "bit_or"),
          entry("BIT_XOR", "bit_xor"),
          entry("RLIKE", "rlike"),
          entry("REGEXP", "rlike"));

  private FunctionNames() {}

  static String of(SqlOperator operator, int arguments) {
    if (operator instanceof SparkOperator spark) {
      return spark.sparkName();
    }
    String name = operator.getName().toUpperCase(Locale.ROOT);
    String unary = TABLE.get(name + "/" + arguments);
    if (unary != null && arguments == 1) {
      return unary;
    }
    return TABLE.getOrDefault(name, operator.getName().toLowerCase(Locale.ROOT));
  }
}

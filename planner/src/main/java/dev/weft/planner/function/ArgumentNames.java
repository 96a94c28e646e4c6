package dev.weft.planner.function;

import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.SparkError;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.util.Util;

/** Puts what the user wrote where Spark's answer about a call names the arguments of a question. */
final class ArgumentNames {

  private static final Pattern ARGUMENT = Pattern.compile(RelationalCatalog.ARGUMENT + "(\\d+)");

  private ArgumentNames() {}

  static SparkError in(SparkError error, SqlOperatorBinding binding) {
    String sentence = Objects.requireNonNullElse(error.getMessage(), error.condition());
    Map<String, String> parameters = new HashMap<>(error.parameters());
    parameters.replaceAll((name, value) -> named(value, binding));
    return new SparkError(
        error.condition(),
        parameters,
        named(sentence, binding),
        error.offset(),
        error.end(),
        error);
  }

  private static String named(String text, SqlOperatorBinding binding) {
    return ARGUMENT
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(name(found, binding)));
  }

  private static String name(MatchResult found, SqlOperatorBinding binding) {
    int argument = Integer.parseInt(found.group(1));
    if (!(binding instanceof SqlCallBinding call) || argument >= call.operands().size()) {
      return "argument " + (argument + 1);
    }
    SqlNode operand = call.operand(argument);
    return operand instanceof SqlIdentifier column
        ? Util.last(column.names)
        : operand.toString().replace("`", "");
  }
}

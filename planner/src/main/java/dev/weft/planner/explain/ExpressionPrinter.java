package dev.weft.planner.explain;

import dev.weft.planner.function.SparkAggregate;
import dev.weft.planner.rel.LateValue;
import dev.weft.planner.types.SparkTypes;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.NlsString;

/** Expressions with the names of their input's columns. */
final class ExpressionPrinter {

  private static final Set<String> INFIX =
      Set.of(
          "+", "-", "*", "/", "%", "div", "=", "<", "<=", ">", ">=", "<=>", "and", "or", "like",
          "rlike", "ilike", "&", "|", "^", "<>");

  private static final Pattern FIELD = Pattern.compile("\\$(\\d+)");

  private final List<String> names;
  private final Path folder;

  /** Prints expressions over fields of these names. */
  ExpressionPrinter(List<String> names, Path folder) {
    this.names = names;
    this.folder = folder;
  }

  String print(RexNode node) {
    if (node instanceof RexInputRef field) {
      return names.get(field.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return literal(literal);
    }
    if (node instanceof RexOver over) {
      return FIELD
          .matcher(over.toString())
          .replaceAll(at -> Matcher.quoteReplacement(names.get(Integer.parseInt(at.group(1)))));
    }
    if (node instanceof RexSubQuery query) {
      String operands = operands(query);
      String what = query.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      String tree =
          new PlanPrinter(folder, Map.of()).print(query.rel).replaceAll("\\s*\\n\\s*", " <- ");
      return (operands.isEmpty() ? "" : operands + " ") + what + " {" + tree + "}";
    }
    if (node instanceof RexFieldAccess access) {
      boolean outer = access.getReferenceExpr() instanceof RexCorrelVariable;
      return (outer ? "outer" : print(access.getReferenceExpr()))
          + "."
          + access.getField().getName();
    }
    return node instanceof RexCall call ? call(call) : node.toString();
  }

  private String call(RexCall call) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (call.getOperator() instanceof LateValue) {
      return call.getOperator().getName();
    }
    if (call.getKind() == SqlKind.CAST) {
      return "cast(" + operands(call) + " as " + SparkTypes.text(call.getType()) + ")";
    }
    if (INFIX.contains(name) && call.getOperands().size() > 1) {
      return call.getOperands().stream()
          .map(operand -> bracketed(operand, call))
          .collect(Collectors.joining(" " + name + " "));
    }
    if (name.startsWith("is ")) {
      return bracketed(call.getOperands().get(0), call) + " " + name;
    }
    return name + "(" + operands(call) + ")";
  }

  private String bracketed(RexNode operand, RexCall outer) {
    boolean infix =
        operand instanceof RexCall inner
            && !inner.getOperator().getName().equalsIgnoreCase(outer.getOperator().getName())
            && INFIX.contains(inner.getOperator().getName().toLowerCase(Locale.ROOT));
    return infix ? "(" + print(operand) + ")" : print(operand);
  }

  private String operands(RexCall call) {
    return call.getOperands().stream().map(this::print).collect(Collectors.joining(", "));
  }

  private static String literal(RexLiteral literal) {
    if (literal.getValue() instanceof NlsString text) {
      return "'" + text.getValue().replace("'", "\\'") + "'";
    }
    Object value = literal.getValue4();
    return Objects.toString(value).toLowerCase(Locale.ROOT);
  }

  /** An aggregate call over an input's columns. */
  static String call(AggregateCall call, List<String> names) {
    String arguments = call.getArgList().stream().map(names::get).collect(Collectors.joining(", "));
    String constants =
        call.getAggregation() instanceof SparkAggregate own && !own.constants().isEmpty()
            ? ", " + String.join(", ", own.constants())
            : "";
    String distinct = call.isDistinct() ? "distinct " : "";
    String filter = call.filterArg < 0 ? "" : " filter " + names.get(call.filterArg);
    String name = call.getAggregation().getName().toLowerCase(Locale.ROOT);
    return name + "(" + distinct + arguments + constants + ")" + filter;
  }
}

package dev.weft.spark.convert;

import dev.weft.planner.function.SparkOperator;
import dev.weft.planner.function.SparkTemplate;
import dev.weft.planner.rel.LateValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;

/** Scalar expressions: columns, literals, calls. */
final class ExpressionToSpark {

  /** Only to expand what Calcite has folded; makes no types of its own. */
  static final RexBuilder BUILDER = new RexBuilder(new JavaTypeFactoryImpl());

  private final ToSpark all;
  private final Scope scope;

  ExpressionToSpark(ToSpark all, Scope scope) {
    this.all = all;
    this.scope = scope;
  }

  Expression convert(RexNode node) {
    if (node instanceof RexInputRef reference) {
      return Catalyst.attribute(scope.columns().get(reference.getIndex()));
    }
    if (node instanceof RexLiteral literal) {
      return LiteralToSpark.convert(literal);
    }
    if (node instanceof RexFieldAccess access) {
      return field(access);
    }
    if (node instanceof RexSubQuery query) {
      return new SubqueryToSpark(all, scope, this).convert(query);
    }
    if (node instanceof RexOver over) {
      return TextPlaces.at(over.getParserPosition(), () -> new WindowToSpark(this).convert(over));
    }
    if (node instanceof RexCall call) {
      return TextPlaces.at(call.getParserPosition(), () -> call(call));
    }
    if (node instanceof RexDynamicParam parameter) {
      // A plan whose parameters have no values yet is made to learn its columns; it never runs.
      return Catalyst.literal(null, CatalystTypes.of(parameter.getType()));
    }
    throw new UnsupportedOperationException("expression " + node);
  }

  List<Expression> convert(List<RexNode> nodes) {
    return nodes.stream().map(this::convert).toList();
  }

  /** A count of rows: Spark takes an int. */
  Expression count(RexNode node) {
    Expression count = convert(node);
    return count.resolved() && count.dataType().equals(DataTypes.IntegerType)
        ? count
        : Catalyst.cast(count, DataTypes.IntegerType);
  }

  private Expression field(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      List<String> columns = scope.outer().get(variable.id);
      if (columns == null) {
        throw new UnsupportedOperationException("correlation " + variable.id);
      }
      return Catalyst.attribute(columns.get(access.getField().getIndex()));
    }
    return Catalyst.extract(
        convert(access.getReferenceExpr()), Catalyst.text(access.getField().getName()));
  }

  private Expression call(RexCall call) {
    return switch (call.getKind()) {
      case CAST -> cast(call, false);
      case SAFE_CAST -> cast(call, true);
      case CASE -> caseWhen(call.getOperands());
      case AND, OR ->
          balanced(FunctionNames.of(call.getOperator(), 2), convert(call.getOperands()));
      case SEARCH -> new SargToSpark(this).convert(call);
      case IN -> in(call.getOperands());
      case NOT_IN -> Catalyst.call("not", in(call.getOperands()));
      case IS_TRUE -> Catalyst.call("<=>", operand(call, 0), Catalyst.TRUE);
      case IS_NOT_TRUE -> not(Catalyst.call("<=>", operand(call, 0), Catalyst.TRUE));
      case IS_FALSE -> Catalyst.call("<=>", operand(call, 0), Catalyst.FALSE);
      case IS_NOT_FALSE -> not(Catalyst.call("<=>", operand(call, 0), Catalyst.FALSE));
      case IS_DISTINCT_FROM -> not(Catalyst.call("<=>", convert(call.getOperands())));
      case LIKE, RLIKE, SIMILAR -> like(call);
      case TRIM -> trim(call);
      case DOT, ITEM -> Catalyst.extract(operand(call, 0), operand(call, 1));
      case REINTERPRET -> operand(call, 0);
      case ROW -> row(call);
      case TIMES -> times(call);
      case NOT_EQUALS -> not(Catalyst.call("=", convert(call.getOperands())));
      case OTHER_FUNCTION -> other(call);
      default -> function(call);
    };
  }

  /** Spark's own functions, and element access, which Spark has no function for. */
  private Expression other(RexCall call) {
    if (call.getOperator() instanceof SparkTemplate template) {
      return TemplateToSpark.filled(template.text(), convert(call.getOperands()));
    }
    if (call.getOperator() instanceof LateValue late) {
      String value = late.value();
      Expression text =
          value == null ? Catalyst.literal(null, DataTypes.StringType) : Catalyst.text(value);
      return Catalyst.cast(text, CatalystTypes.of(call.getType()));
    }
    return call.getOperator().getName().equals(SparkOperator.ELEMENT)
        ? Catalyst.extract(operand(call, 0), operand(call, 1))
        : function(call);
  }

  private Expression operand(RexCall call, int index) {
    return convert(call.getOperands().get(index));
  }

  private static Expression not(Expression condition) {
    return Catalyst.call("not", condition);
  }

  private Expression cast(RexCall call, boolean safe) {
    Expression value = operand(call, 0);
    RelDataType type = call.getType();
    if (type.getSqlTypeName() == SqlTypeName.ANY) {
      return value;
    }
    return safe
        ? Catalyst.tryCast(value, CatalystTypes.of(type))
        : Catalyst.cast(value, CatalystTypes.of(type));
  }

  private Expression caseWhen(List<RexNode> operands) {
    List<Tuple2<Expression, Expression>> branches = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      branches.add(new Tuple2<>(convert(operands.get(i)), convert(operands.get(i + 1))));
    }
    return Catalyst.caseWhen(branches, convert(operands.get(operands.size() - 1)));
  }

  /** A balanced tree: one as deep as the list is long overflows Spark's stack. */
  static Expression balanced(String function, List<Expression> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = parts.size() / 2;
    return Catalyst.call(
        function,
        balanced(function, parts.subList(0, half)),
        balanced(function, parts.subList(half, parts.size())));
  }

  private Expression in(List<RexNode> operands) {
    return Catalyst.in(convert(operands.get(0)), convert(operands.subList(1, operands.size())));
  }

  /** Calcite keeps NOT and the case rule of LIKE in the operator. */
  private Expression like(RexCall call) {
    SqlOperator operator = call.getOperator();
    String name = operator.getName().toLowerCase(Locale.ROOT);
    boolean negated = name.startsWith("not ");
    String function = negated ? name.substring(4) : name;
    Expression like =
        Catalyst.call(
            function.equals("similar to") ? "rlike" : function, convert(call.getOperands()));
    return negated ? not(like) : like;
  }

  /** TRIM(flag, characters, text). */
  private Expression trim(RexCall call) {
    if (call.getOperands().size() != 3) {
      return function(call);
    }
    String flag = ((RexLiteral) call.getOperands().get(0)).getValue() + "";
    String function =
        switch (flag) {
          case "LEADING" -> "ltrim";
          case "TRAILING" -> "rtrim";
          default -> "trim";
        };
    return Catalyst.call(function, operand(call, 1), operand(call, 2));
  }

  /** A row value with field names is a struct with them. */
  private Expression row(RexCall call) {
    List<Expression> parts = new ArrayList<>();
    List<String> names = call.getType().getFieldNames();
    for (int i = 0; i < call.getOperands().size(); i++) {
      parts.add(Catalyst.text(names.get(i)));
      parts.add(operand(call, i));
    }
    return Catalyst.call("named_struct", parts);
  }

  /** {@code INTERVAL 30 days} arrives as 30 times an interval. */
  private Expression times(RexCall call) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    boolean interval = SqlTypeName.INTERVAL_TYPES.contains(right.getType().getSqlTypeName());
    if (interval && left instanceof RexLiteral count && right instanceof RexLiteral unit) {
      return LiteralToSpark.scaled(count, unit);
    }
    return function(call);
  }

  /** A call of a function that Spark has under this or the table's name. */
  private Expression function(RexCall call) {
    List<Expression> arguments = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      arguments.add(convert(operand));
    }
    if (call.getKind() == SqlKind.MINUS_PREFIX) {
      return Catalyst.call("negative", arguments);
    }
    return Catalyst.call(FunctionNames.of(call.getOperator(), arguments.size()), arguments);
  }
}

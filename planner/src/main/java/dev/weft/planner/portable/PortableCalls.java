package dev.weft.planner.portable;

import static java.util.Map.entry;

import dev.weft.planner.portable.PortableExpression.Call;
import dev.weft.planner.portable.PortableExpression.Constant;
import dev.weft.planner.portable.PortableExpression.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Calls of functions, by the names of Calcite's operators and Spark's functions. */
final class PortableCalls {

  /** Those that are one operator over all of their arguments, by name and number of arguments. */
  private static final Map<String, PortableOperator> PLAIN =
      Map.ofEntries(
          entry("+/2", PortableOperator.ADD),
          entry("-/2", PortableOperator.SUBTRACT),
          entry("*/2", PortableOperator.MULTIPLY),
          entry("//2", PortableOperator.DIVIDE),
          entry("/int/2", PortableOperator.DIVIDE_WHOLE),
          entry("div/2", PortableOperator.DIVIDE_WHOLE),
          entry("%/2", PortableOperator.REMAINDER),
          entry("mod/2", PortableOperator.REMAINDER),
          entry("pmod/2", PortableOperator.MODULO),
          entry("-/1", PortableOperator.NEGATE),
          entry("negative/1", PortableOperator.NEGATE),
          entry("abs/1", PortableOperator.ABSOLUTE),
          entry("ceil/1", PortableOperator.CEILING),
          entry("ceiling/1", PortableOperator.CEILING),
          entry("floor/1", PortableOperator.FLOOR),
          entry("round/2", PortableOperator.ROUND),
          entry("sqrt/1", PortableOperator.SQUARE_ROOT),
          entry("exp/1", PortableOperator.EXPONENTIAL),
          entry("ln/1", PortableOperator.LOGARITHM),
          entry("log/1", PortableOperator.LOGARITHM),
          entry("power/2", PortableOperator.POWER),
          entry("pow/2", PortableOperator.POWER),
          entry("sign/1", PortableOperator.SIGN),
          entry("signum/1", PortableOperator.SIGN),
          entry("sin/1", PortableOperator.SINE),
          entry("cos/1", PortableOperator.COSINE),
          entry("tan/1", PortableOperator.TANGENT),
          entry("tanh/1", PortableOperator.TANH),
          entry("=/2", PortableOperator.EQUAL),
          entry("</2", PortableOperator.LESS),
          entry("<=/2", PortableOperator.LESS_OR_EQUAL),
          entry("and/2", PortableOperator.AND),
          entry("or/2", PortableOperator.OR),
          entry("not/1", PortableOperator.NOT),
          entry("is null/1", PortableOperator.IS_NULL),
          entry("isnull/1", PortableOperator.IS_NULL),
          entry("if/3", PortableOperator.IF),
          entry("year/1", PortableOperator.YEAR),
          entry("quarter/1", PortableOperator.QUARTER),
          entry("month/1", PortableOperator.MONTH),
          entry("day/1", PortableOperator.DAY_OF_MONTH),
          entry("dayofmonth/1", PortableOperator.DAY_OF_MONTH),
          entry("dayofyear/1", PortableOperator.DAY_OF_YEAR),
          entry("dayofweek/1", PortableOperator.DAY_OF_WEEK),
          entry("weekday/1", PortableOperator.WEEKDAY));

  /** Those of any number of arguments. */
  private static final Map<String, PortableOperator> ANY =
      Map.ofEntries(
          entry("least", PortableOperator.LEAST),
          entry("greatest", PortableOperator.GREATEST),
          entry("and", PortableOperator.AND),
          entry("or", PortableOperator.OR),
          entry("coalesce", PortableOperator.COALESCE),
          entry("nvl", PortableOperator.COALESCE),
          entry("ifnull", PortableOperator.COALESCE),
          entry("concat", PortableOperator.CONCAT),
          entry("||", PortableOperator.CONCAT));

  /** Those that look for a constant text. */
  private static final Map<String, PortableOperator> PATTERNS =
      Map.of(
          "startswith", PortableOperator.STARTS_WITH,
          "endswith", PortableOperator.ENDS_WITH,
          "contains", PortableOperator.CONTAINS);

  /** Of a date they need no time zone, of a time they do. */
  private static final List<String> OF_DATES =
      List.of(
          "year",
          "quarter",
          "month",
          "day",
          "dayofmonth",
          "dayofyear",
          "dayofweek",
          "weekday",
          "datediff",
          "date_diff",
          "date_add",
          "dateadd",
          "date_sub",
          "unix_date");

  private static final PortableExpression DAY = number("86400");

  /** Those that are written with others. */
  private static final Map<String, Function<List<PortableExpression>, PortableExpression>> WRITTEN =
      Map.ofEntries(
          entry("+/1", a -> a.get(0)),
          entry("positive/1", a -> a.get(0)),
          entry("round/1", a -> call(PortableOperator.ROUND, a.get(0), number("0"))),
          entry(
              "log/2",
              a -> call(PortableOperator.DIVIDE, logarithm(a.get(1)), logarithm(a.get(0)))),
          entry(
              "log10/1",
              a -> call(PortableOperator.DIVIDE, logarithm(a.get(0)), number("" + Math.log(10)))),
          entry(
              "log2/1",
              a -> call(PortableOperator.DIVIDE, logarithm(a.get(0)), number("" + Math.log(2)))),
          entry("log1p/1", a -> logarithm(call(PortableOperator.ADD, a.get(0), number("1")))),
          entry(
              "expm1/1",
              a ->
                  call(
                      PortableOperator.SUBTRACT,
                      call(PortableOperator.EXPONENTIAL, a.get(0)),
                      number("1"))),
          entry(
              "radians/1",
              a -> call(PortableOperator.MULTIPLY, a.get(0), number("" + Math.PI / 180))),
          entry(
              "degrees/1",
              a -> call(PortableOperator.MULTIPLY, a.get(0), number("" + 180 / Math.PI))),
          entry("pi/0", a -> number("" + Math.PI)),
          entry("e/0", a -> number("" + Math.E)),
          entry("<>/2", a -> not(is(PortableOperator.EQUAL, a.get(0), a.get(1)))),
          entry("!=/2", a -> not(is(PortableOperator.EQUAL, a.get(0), a.get(1)))),
          entry(">/2", a -> is(PortableOperator.LESS, a.get(1), a.get(0))),
          entry(">=/2", a -> is(PortableOperator.LESS_OR_EQUAL, a.get(1), a.get(0))),
          entry("is not null/1", a -> not(isNull(a.get(0)))),
          entry("isnotnull/1", a -> not(isNull(a.get(0)))),
          entry("is true/1", a -> orFalse(a.get(0))),
          entry("is not true/1", a -> not(orFalse(a.get(0)))),
          entry("is false/1", a -> orFalse(not(a.get(0)))),
          entry("is not false/1", a -> not(orFalse(not(a.get(0))))),
          entry("nvl2/3", a -> choice(not(isNull(a.get(0))), a.get(1), a.get(2))),
          entry(
              "nullif/2",
              a ->
                  choice(
                      orFalse(is(PortableOperator.EQUAL, a.get(0), a.get(1))),
                      nothing(a.get(0)),
                      a.get(0))),
          entry(
              "datediff/2",
              a ->
                  call(
                      PortableOperator.DIVIDE,
                      call(PortableOperator.SUBTRACT, a.get(0), a.get(1)),
                      DAY)),
          entry(
              "date_diff/2",
              a ->
                  call(
                      PortableOperator.DIVIDE,
                      call(PortableOperator.SUBTRACT, a.get(0), a.get(1)),
                      DAY)),
          entry(
              "date_add/2",
              a ->
                  call(
                      PortableOperator.ADD,
                      a.get(0),
                      call(PortableOperator.MULTIPLY, a.get(1), DAY))),
          entry(
              "dateadd/2",
              a ->
                  call(
                      PortableOperator.ADD,
                      a.get(0),
                      call(PortableOperator.MULTIPLY, a.get(1), DAY))),
          entry(
              "date_sub/2",
              a ->
                  call(
                      PortableOperator.SUBTRACT,
                      a.get(0),
                      call(PortableOperator.MULTIPLY, a.get(1), DAY))),
          entry("unix_date/1", a -> call(PortableOperator.DIVIDE, a.get(0), DAY)));

  private final Kind kind;

  PortableCalls(Kind kind) {
    this.kind = kind;
  }

  PortableExpression of(RexCall call, List<PortableExpression> arguments) {
    String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
    if (OF_DATES.contains(name)) {
      call.getOperands().forEach(operand -> refuseTimes(operand.getType(), name));
    }
    String form = name + "/" + arguments.size();
    if (WRITTEN.containsKey(form)) {
      return WRITTEN.get(form).apply(arguments);
    }
    PortableOperator operator = PLAIN.getOrDefault(form, ANY.get(name));
    if (operator != null) {
      return new Call(operator, kind, arguments);
    }
    if (PATTERNS.containsKey(name)
        && arguments.get(1) instanceof Constant constant
        && constant.text() != null) {
      return new Call(PATTERNS.get(name), Kind.BOOLEAN, arguments);
    }
    if (name.equals("like") && call.getOperands().size() == 2) {
      return like(arguments.get(0), call.getOperands().get(1));
    }
    if (name.equals("not like") && call.getOperands().size() == 2) {
      return not(like(arguments.get(0), call.getOperands().get(1)));
    }
    throw new NotPortable("the function '" + name + "'");
  }

  /** Patterns that are one of those below; others need a language of their own. */
  private static PortableExpression like(PortableExpression value, RexNode pattern) {
    String text = pattern instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
    String inner = text == null ? "_" : text.replaceAll("^%|%$", "");
    if (text == null || inner.matches("(?s).*[%_\\\\].*")) {
      throw new NotPortable(
          "LIKE with " + (text == null ? "such a pattern" : "the pattern '" + text + "'"));
    }
    boolean before = text.startsWith("%");
    boolean behind = text.endsWith("%") && text.length() > 1;
    PortableOperator operator =
        before && behind
            ? PortableOperator.CONTAINS
            : before
                ? PortableOperator.ENDS_WITH
                : behind ? PortableOperator.STARTS_WITH : PortableOperator.EQUAL;
    return is(operator, value, new Constant(inner, Kind.TEXT));
  }

  private static void refuseTimes(RelDataType type, String function) {
    SqlTypeName name = type.getSqlTypeName();
    if (name == SqlTypeName.TIMESTAMP || name == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      throw new NotPortable(
          "the function '" + function + "' of a time, which asks for a time zone,");
    }
  }

  private static PortableExpression number(String text) {
    return new Constant(text, Kind.NUMBER);
  }

  private static PortableExpression nothing(PortableExpression like) {
    return new Constant(null, like.kind());
  }

  private static PortableExpression call(PortableOperator operator, PortableExpression... of) {
    return new Call(operator, Kind.NUMBER, List.of(of));
  }

  private static PortableExpression is(PortableOperator operator, PortableExpression... of) {
    return new Call(operator, Kind.BOOLEAN, List.of(of));
  }

  private static PortableExpression logarithm(PortableExpression of) {
    return call(PortableOperator.LOGARITHM, of);
  }

  private static PortableExpression not(PortableExpression of) {
    return is(PortableOperator.NOT, of);
  }

  private static PortableExpression isNull(PortableExpression of) {
    return is(PortableOperator.IS_NULL, of);
  }

  private static PortableExpression orFalse(PortableExpression of) {
    return is(PortableOperator.COALESCE, of, new Constant("false", Kind.BOOLEAN));
  }

  private static PortableExpression choice(
      PortableExpression condition, PortableExpression yes, PortableExpression no) {
    return new Call(PortableOperator.IF, yes.kind(), new ArrayList<>(List.of(condition, yes, no)));
  }
}

package dev.weft.planner.portable;

import dev.weft.planner.portable.PortableExpression.Call;
import dev.weft.planner.portable.PortableExpression.Constant;
import dev.weft.planner.portable.PortableExpression.Fitted;
import dev.weft.planner.portable.PortableExpression.Kind;
import dev.weft.planner.rel.LateValue;
import dev.weft.planner.types.SparkTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;

/** Expressions over the columns of a row; a fitted value tells its place as its own. */
final class RexToPortable {

  private static final long SECONDS_OF_DAY = 86_400;

  private final List<PortableExpression> row;
  private final RexBuilder rex;

  RexToPortable(List<PortableExpression> row, RexBuilder rex) {
    this.row = row;
    this.rex = rex;
  }

  PortableExpression convert(RexNode node) {
    if (node instanceof RexInputRef field) {
      return row.get(field.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return constant(literal);
    }
    if (node instanceof RexCall call) {
      return call(call);
    }
    throw new NotPortable("the expression " + node);
  }

  private PortableExpression call(RexCall call) {
    if (call.getOperator() instanceof LateValue late) {
      boolean date = call.getType().getSqlTypeName() == SqlTypeName.DATE;
      refuseTimes(call.getType(), "a time that is fitted");
      return new Fitted(
          Integer.parseInt(Objects.requireNonNull(late.value())), date, kind(call.getType()));
    }
    return switch (call.getKind()) {
      case CAST -> cast(call);
      case CASE -> caseWhen(call);
      case SEARCH -> convert(RexUtil.expandSearch(rex, null, call));
      default ->
          call.getOperator().getName().matches("(?i)(not )?in")
              ? in(call)
              : exact(
                  new PortableCalls(kind(call.getType())).of(call, converted(call.getOperands())),
                  call.getType());
    };
  }

  /** Spark rounds what it computes with decimals to as many digits as their type has. */
  private static PortableExpression exact(PortableExpression value, RelDataType type) {
    boolean rounds =
        value instanceof Call made
            && (made.operator() == PortableOperator.DIVIDE
                || made.operator() == PortableOperator.MULTIPLY);
    return rounds && type.getSqlTypeName() == SqlTypeName.DECIMAL ? rounded(value, type) : value;
  }

  private static PortableExpression rounded(PortableExpression value, RelDataType type) {
    Constant digits = new Constant("" + type.getScale(), Kind.NUMBER);
    return new Call(PortableOperator.ROUND, Kind.NUMBER, List.of(value, digits));
  }

  private List<PortableExpression> converted(List<RexNode> nodes) {
    return nodes.stream().map(this::convert).toList();
  }

  private PortableExpression in(RexCall call) {
    List<PortableExpression> all = converted(call.getOperands());
    PortableExpression found =
        all.subList(1, all.size()).stream()
            .<PortableExpression>map(
                each -> new Call(PortableOperator.EQUAL, Kind.BOOLEAN, List.of(all.get(0), each)))
            .reduce((a, b) -> new Call(PortableOperator.OR, Kind.BOOLEAN, List.of(a, b)))
            .orElseThrow();
    boolean negated = call.getOperator().getName().length() > "in".length();
    return negated ? new Call(PortableOperator.NOT, Kind.BOOLEAN, List.of(found)) : found;
  }

  private PortableExpression caseWhen(RexCall call) {
    List<PortableExpression> parts = new ArrayList<>(converted(call.getOperands()));
    Kind kind = kind(call.getType());
    PortableExpression found = parts.get(parts.size() - 1);
    for (int i = parts.size() - 3; i >= 0; i -= 2) {
      found = new Call(PortableOperator.IF, kind, List.of(parts.get(i), parts.get(i + 1), found));
    }
    return found;
  }

  private PortableExpression cast(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    PortableExpression value = convert(operand);
    RelDataType from = operand.getType();
    RelDataType to = call.getType();
    Kind kind = kind(to);
    if (value instanceof Constant constant && constant.text() == null) {
      return new Constant(null, kind);
    }
    if (kind == Kind.TEXT && value.kind() == Kind.TEXT || from.equals(to)) {
      return value;
    }
    if (kind == Kind.NUMBER
        && value instanceof Constant constant
        && constant.kind() == Kind.TEXT
        && constant.text() != null) {
      return number(constant.text(), to);
    }
    if (kind == Kind.TEXT || value.kind() == Kind.TEXT) {
      throw new NotPortable("a cast of " + SparkTypes.text(from) + " to " + SparkTypes.text(to));
    }
    if (kind != value.kind()) {
      PortableOperator operator =
          kind == Kind.BOOLEAN ? PortableOperator.NONZERO : PortableOperator.SAME;
      return new Call(operator, kind, List.of(value));
    }
    return kind == Kind.BOOLEAN ? value : number(value, from, to);
  }

  private static PortableExpression number(
      PortableExpression value, RelDataType from, RelDataType to) {
    boolean times = isTime(from) || isTime(to);
    if (times && from.getSqlTypeName() != to.getSqlTypeName()) {
      throw new NotPortable("a cast of " + SparkTypes.text(from) + " to " + SparkTypes.text(to));
    }
    boolean whole =
        from.getSqlTypeName().getFamily() == SqlTypeFamily.NUMERIC && from.getScale() == 0;
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          whole ? value : new Call(PortableOperator.TRUNCATE, Kind.NUMBER, List.of(value));
      case REAL -> new Call(PortableOperator.SINGLE, Kind.NUMBER, List.of(value));
      case DECIMAL -> whole ? value : rounded(value, to);
      default -> value;
    };
  }

  /** A number or date that is written as a text. */
  private static PortableExpression number(String text, RelDataType to) {
    refuseTimes(to, "a constant time");
    try {
      return to.getSqlTypeName() == SqlTypeName.DATE
          ? new Constant(
              "" + LocalDate.parse(text.strip()).toEpochDay() * SECONDS_OF_DAY, Kind.NUMBER)
          : new Constant(new BigDecimal(text.strip()).toString(), Kind.NUMBER);
    } catch (DateTimeParseException | NumberFormatException other) {
      throw new NotPortable("a cast of '" + text + "' to " + SparkTypes.text(to));
    }
  }

  private static boolean isTime(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
      default -> false;
    };
  }

  /** Their text depends on the time zone of a session. */
  private static void refuseTimes(RelDataType type, String what) {
    if (isTime(type) && type.getSqlTypeName() != SqlTypeName.DATE) {
      throw new NotPortable(what);
    }
  }

  private PortableExpression constant(RexLiteral literal) {
    Kind kind = kind(literal.getType());
    if (literal.isNull()) {
      return new Constant(null, kind);
    }
    if (literal.getType().getSqlTypeName() == SqlTypeName.DATE) {
      DateString date = Objects.requireNonNull(literal.getValueAs(DateString.class));
      return new Constant("" + date.getDaysSinceEpoch() * SECONDS_OF_DAY, kind);
    }
    refuseTimes(literal.getType(), "a constant time");
    Object value = Objects.requireNonNull(literal.getValue());
    String text = value instanceof NlsString characters ? characters.getValue() : value.toString();
    return new Constant(text, kind);
  }

  static Kind kind(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case CHAR, VARCHAR -> Kind.TEXT;
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL, NULL -> Kind.NUMBER;
      case DATE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Kind.NUMBER;
      default -> throw new NotPortable("a value of the type " + SparkTypes.text(type));
    };
  }
}

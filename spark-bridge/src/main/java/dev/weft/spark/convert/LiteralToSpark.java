package dev.weft.spark.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/** Literals, as Spark keeps their values inside. */
final class LiteralToSpark {

  private static final long MICROS_PER_MILLI = 1000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;

  private LiteralToSpark() {}

  static Expression convert(RexLiteral literal) {
    if (literal.isNull()) {
      return Catalyst.literal(null, nullType(literal));
    }
    SqlTypeName name = literal.getType().getSqlTypeName();
    if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
      return interval(literal, name);
    }
    DataType type = CatalystTypes.of(literal.getType());
    return Catalyst.literal(value(literal, type), type);
  }

  private static DataType nullType(RexLiteral literal) {
    return switch (literal.getType().getSqlTypeName()) {
      case ANY, UNKNOWN, SYMBOL -> DataTypes.NullType;
      default -> CatalystTypes.of(literal.getType());
    };
  }

  private static Object value(RexLiteral literal, DataType type) {
    return switch (literal.getType().getSqlTypeName()) {
      case BOOLEAN -> RexLiteral.booleanValue(literal);
      case TINYINT -> number(literal).byteValueExact();
      case SMALLINT -> number(literal).shortValueExact();
      case INTEGER -> number(literal).intValueExact();
      case BIGINT -> number(literal).longValueExact();
      case REAL -> floating(literal).floatValue();
      case FLOAT, DOUBLE -> floating(literal).doubleValue();
      case DECIMAL -> decimal(number(literal), (org.apache.spark.sql.types.DecimalType) type);
      case DATE -> need(literal, DateString.class).getDaysSinceEpoch();
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          micros(need(literal, TimestampString.class), type);
      case BINARY, VARBINARY -> need(literal, byte[].class);
      default -> UTF8String.fromBytes(text(literal).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static String text(RexLiteral literal) {
    String text = literal.getValueAs(String.class);
    return text == null ? String.valueOf(literal.getValue()) : text;
  }

  private static BigDecimal number(RexLiteral literal) {
    return need(literal, BigDecimal.class);
  }

  /** Calcite keeps doubles as doubles and, where they were written as decimals, as decimals. */
  private static Number floating(RexLiteral literal) {
    Object value = literal.getValue();
    return value instanceof Number number ? number : number(literal);
  }

  private static Decimal decimal(BigDecimal value, org.apache.spark.sql.types.DecimalType type) {
    return Decimal.apply(value, type.precision(), type.scale());
  }

  private static <T> T need(RexLiteral literal, Class<T> type) {
    T value = literal.getValueAs(type);
    if (value == null) {
      throw new UnsupportedOperationException("literal " + literal);
    }
    return value;
  }

  /** A timestamp literal is local time of the session's zone, unless its type has no zone. */
  private static long micros(TimestampString text, DataType type) {
    LocalDateTime local = LocalDateTime.parse(text.toString().replace(' ', 'T'));
    ZoneId zone =
        type.equals(DataTypes.TimestampNTZType)
            ? ZoneId.of("UTC")
            : ZoneId.of(SQLConf.get().sessionLocalTimeZone(), ZoneId.SHORT_IDS);
    return ChronoUnit.MICROS.between(java.time.Instant.EPOCH, local.atZone(zone).toInstant());
  }

  private static Expression interval(RexLiteral literal, SqlTypeName name) {
    BigDecimal value = number(literal);
    if (name.isYearMonth()) {
      return Catalyst.literal(value.intValueExact(), DataTypes.createYearMonthIntervalType());
    }
    BigInteger micros = value.multiply(BigDecimal.valueOf(MICROS_PER_MILLI)).toBigInteger();
    return Catalyst.literal(micros.longValueExact(), DataTypes.createDayTimeIntervalType());
  }

  /** Units times an interval literal, as one calendar interval. */
  static Expression scaled(RexLiteral count, RexLiteral unit) {
    long times = number(count).longValueExact();
    long value = number(unit).longValueExact();
    if (unit.getType().getSqlTypeName().isYearMonth()) {
      return Catalyst.literal(
          new CalendarInterval(Math.toIntExact(times * value), 0, 0),
          DataTypes.CalendarIntervalType);
    }
    long micros = Math.multiplyExact(times, value) * MICROS_PER_MILLI;
    long day = 24 * 3600 * MICROS_PER_SECOND;
    return Catalyst.literal(
        new CalendarInterval(0, (int) (micros / day), micros % day),
        DataTypes.CalendarIntervalType);
  }
}

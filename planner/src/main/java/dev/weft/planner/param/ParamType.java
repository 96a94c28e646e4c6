package dev.weft.planner.param;

import dev.weft.planner.NotRepresentable;
import dev.weft.planner.types.SparkTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type that a parameter can have: it reads values given as text. */
public final class ParamType {

  /** The types, for messages. */
  public static final String KINDS =
      "a string, boolean, tinyint, smallint, int, bigint, float, double, decimal(p, s), date,"
          + " timestamp or timestamp_ntz";

  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter(Locale.ROOT);

  private final RelDataType type;

  private ParamType(RelDataType type) {
    this.type = type;
  }

  /** The type of a DDL text; empty for what no parameter can be. */
  public static Optional<ParamType> of(String ddl, RelDataTypeFactory types) {
    try {
      ParamType type = new ParamType(SparkTypes.parse(ddl, types));
      return type.wanted().isEmpty() ? Optional.empty() : Optional.of(type);
    } catch (NotRepresentable | IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  /** Spark's text of the type. */
  public String ddl() {
    return SparkTypes.text(type);
  }

  /** What a value has to be, for messages; empty for a type that no parameter has. */
  public String wanted() {
    return switch (type.getSqlTypeName()) {
      case VARCHAR -> "a string";
      case BOOLEAN -> "true or false";
      case TINYINT, SMALLINT, INTEGER, BIGINT -> "a whole number that fits " + ddl();
      case REAL, DOUBLE -> "a number";
      case DECIMAL -> "a number that fits " + ddl();
      case DATE -> "a date such as 2026-01-31";
      case TIMESTAMP -> "a time such as 2026-01-31 12:00:00";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          "a time such as 2026-01-31 12:00:00, or 2026-01-31T12:00:00Z";
      default -> "";
    };
  }

  /** The value that a text means, in its one spelling; empty where it means none. */
  public Optional<String> read(String text) {
    try {
      String bare = text.strip();
      return Optional.of(
          switch (type.getSqlTypeName()) {
            case BOOLEAN -> truth(bare);
            case TINYINT -> whole(bare, Byte.SIZE);
            case SMALLINT -> whole(bare, Short.SIZE);
            case INTEGER -> whole(bare, Integer.SIZE);
            case BIGINT -> whole(bare, Long.SIZE);
            case REAL -> floating(bare);
            case DOUBLE -> String.valueOf(Double.parseDouble(plain(bare)));
            case DECIMAL -> decimal(bare);
            case DATE -> LocalDate.parse(bare).toString();
            case TIMESTAMP -> local(bare);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> moment(bare);
            default -> text;
          });
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException wrong) {
      return Optional.empty();
    }
  }

  private static String truth(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.equals("true") && !lower.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return lower;
  }

  private static String whole(String text, int bits) {
    BigInteger value = new BigDecimal(text).toBigIntegerExact();
    if (value.bitLength() >= bits) {
      throw new ArithmeticException(text);
    }
    return value.toString();
  }

  private static String floating(String text) {
    float value = Float.parseFloat(plain(text));
    if (Float.isInfinite(value) && text.chars().anyMatch(Character::isDigit)) {
      throw new ArithmeticException(text);
    }
    return String.valueOf(value);
  }

  /** Java's own suffixes and hexadecimal floats are no numbers here. */
  private static String plain(String text) {
    if (!text.matches("[+-]?(NaN|Infinity|[0-9.]+([eE][+-]?[0-9]+)?)")) {
      throw new NumberFormatException(text);
    }
    return text;
  }

  private String decimal(String text) {
    BigDecimal value =
        new BigDecimal(plain(text)).setScale(type.getScale(), RoundingMode.UNNECESSARY);
    if (value.precision() > type.getPrecision()) {
      throw new ArithmeticException(text);
    }
    return value.toPlainString();
  }

  private static String local(String text) {
    return (text.length() <= 10
            ? LocalDate.parse(text).atStartOfDay()
            : LocalDateTime.parse(text.replace(' ', 'T'), MOMENT))
        .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
        .replace('T', ' ');
  }

  /** A time without a zone is one of the session's zone, which only Spark knows. */
  private static String moment(String text) {
    boolean zoned = text.length() > 10 && text.substring(10).matches(".*(Z|[+-][0-9:]+)$");
    return zoned
        ? DateTimeFormatter.ISO_INSTANT.format(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(
                text.replaceFirst("(\\d) (\\d)", "$1T$2"), java.time.Instant::from))
        : local(text);
  }

  /** The family of the type. */
  SqlTypeName kind() {
    return type.getSqlTypeName();
  }
}

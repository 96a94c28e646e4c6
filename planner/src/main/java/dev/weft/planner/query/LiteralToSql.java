package dev.weft.planner.query;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Quotes;
import dev.weft.grammar.Span;
import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParser.BooleanLiteralContext;
import dev.weft.grammar.antlr.WeftParser.DatetimeLiteralContext;
import dev.weft.grammar.antlr.WeftParser.NamedParameterContext;
import dev.weft.grammar.antlr.WeftParser.NullLiteralContext;
import dev.weft.grammar.antlr.WeftParser.NumberContext;
import dev.weft.grammar.antlr.WeftParser.PositionalParameterContext;
import dev.weft.grammar.antlr.WeftParser.StringLiteralContext;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.function.SparkCast;
import dev.weft.planner.name.NameText;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.types.SparkTypes;
import dev.weft.planner.validate.SparkNumber;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Literals and parameters, typed as Spark types them. */
final class LiteralToSql {

  private final Translation translation;

  LiteralToSql(Translation translation) {
    this.translation = translation;
  }

  SqlNode nothing(NullLiteralContext tree) {
    return SqlLiteral.createNull(translation.positions().of(tree));
  }

  SqlNode truth(BooleanLiteralContext tree) {
    return SqlLiteral.createBoolean(tree.TRUE() != null, translation.positions().of(tree));
  }

  SqlNode text(StringLiteralContext tree) {
    String text =
        tree.string().stream().map(s -> Quotes.string(s.getText())).collect(Collectors.joining());
    return SqlLiteral.createCharString(text, translation.positions().of(tree));
  }

  /** A cast of the text, because its meaning depends on the session's time zone. */
  SqlNode datetime(DatetimeLiteralContext tree) {
    boolean day = tree.kind.getText().equalsIgnoreCase("date") && isDay(tree);
    if (!day) {
      // Which of the two timestamps is meant is a setting of Spark's; a day that is none is no
      // literal for it.
      return translation.expressions().template(tree);
    }
    SqlParserPos place = translation.positions().of(tree);
    return cast(SqlLiteral.createCharString(Quotes.string(tree.string().getText()), place), "date");
  }

  private static boolean isDay(DatetimeLiteralContext tree) {
    try {
      LocalDate.parse(Quotes.string(tree.string().getText()));
      return true;
    } catch (DateTimeParseException other) {
      return false;
    }
  }

  private SqlNode cast(SqlNode value, String type) {
    RelDataType target = SparkTypes.parse(type, translation.types());
    return new SparkCast(target, false).createCall(value.getParserPosition(), value);
  }

  SqlNode number(NumberContext tree) {
    SqlParserPos place = translation.positions().of(tree);
    Token token = tree.getStart();
    String text = token.getText();
    return switch (token.getType()) {
      case WeftParser.INTEGER_VALUE -> whole(new BigInteger(text), place);
      case WeftParser.DECIMAL_VALUE -> decimal(new BigDecimal(text), place);
      case WeftParser.EXPONENT_VALUE -> exact(new BigDecimal(text), SqlTypeName.DOUBLE, place);
      case WeftParser.BIGDECIMAL_LITERAL -> decimal(new BigDecimal(cut(text, 2)), place);
      case WeftParser.BIGINT_LITERAL ->
          exact(new BigDecimal(cut(text, 1)), SqlTypeName.BIGINT, place);
      case WeftParser.SMALLINT_LITERAL ->
          exact(new BigDecimal(cut(text, 1)), SqlTypeName.SMALLINT, place);
      case WeftParser.TINYINT_LITERAL ->
          exact(new BigDecimal(cut(text, 1)), SqlTypeName.TINYINT, place);
      case WeftParser.DOUBLE_LITERAL ->
          exact(new BigDecimal(cut(text, 1)), SqlTypeName.DOUBLE, place);
      default -> floating(cut(text, 1), place);
    };
  }

  /** A number with its minus, which its type depends on: -2147483648 is an int. */
  SqlNode negative(NumberContext tree, SqlParserPos place) {
    if (tree.getStart().getType() == WeftParser.INTEGER_VALUE) {
      return whole(new BigInteger(tree.getText()).negate(), place);
    }
    SqlNode value = number(tree);
    return value instanceof SparkNumber number && number.bigDecimalValue().signum() > 0
        ? number.negated(place)
        : translation.call("negative", place, value);
  }

  private SqlNode floating(String text, SqlParserPos place) {
    if (Float.isInfinite(Float.parseFloat(text))) {
      throw new NotRepresentable("a number that is no float");
    }
    return cast(exact(new BigDecimal(text), SqlTypeName.DOUBLE, place), "float");
  }

  private static String cut(String text, int suffix) {
    return text.substring(0, text.length() - suffix);
  }

  private SqlNode whole(BigInteger value, SqlParserPos place) {
    SqlTypeName type =
        value.bitLength() < Integer.SIZE
            ? SqlTypeName.INTEGER
            : value.bitLength() < Long.SIZE ? SqlTypeName.BIGINT : SqlTypeName.DECIMAL;
    return type == SqlTypeName.DECIMAL
        ? decimal(new BigDecimal(value), place)
        : exact(new BigDecimal(value), type, place);
  }

  private SqlNode decimal(BigDecimal written, SqlParserPos place) {
    BigDecimal value = written.scale() < 0 ? written.setScale(0) : written;
    int precision = Math.max(value.precision(), value.scale());
    int limit = translation.types().getTypeSystem().getMaxPrecision(SqlTypeName.DECIMAL);
    if (precision > limit) {
      throw new NotRepresentable("a number of more than " + limit + " digits");
    }
    RelDataType type =
        translation.types().createSqlType(SqlTypeName.DECIMAL, precision, value.scale());
    return new SparkNumber(value, type, place);
  }

  private SqlNode exact(BigDecimal value, SqlTypeName type, SqlParserPos place) {
    return new SparkNumber(value, translation.types().createSqlType(type), place);
  }

  /** The value of {@code :name}. */
  SqlNode named(NamedParameterContext tree) {
    String name = NameText.of(tree.parameter().name());
    ParamValue value = translation.parameters().named(name, translation.positions().span(tree));
    return ParameterValue.of(value, translation.positions().of(tree), translation.types());
  }

  /** The value of a {@code ?} as a typed literal; the bare parameter where no value is known. */
  SqlNode parameter(PositionalParameterContext tree) {
    Span span = translation.positions().span(tree);
    SqlParserPos place = translation.positions().of(tree);
    int index = translation.parameters().index(span);
    if (!translation.parameters().bound()) {
      return new SqlDynamicParam(index, place);
    }
    if (index >= translation.parameters().count()) {
      throw ErrorCode.USAGE.failure(
          span, "there is no value for parameter " + (index + 1) + "; give as many as there are ?");
    }
    return ParameterValue.of(translation.parameters().value(index), place, translation.types());
  }
}

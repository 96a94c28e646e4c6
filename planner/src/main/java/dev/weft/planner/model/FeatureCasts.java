package dev.weft.planner.model;

import dev.weft.planner.function.SparkFunctions;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A column as the runtimes get it: doubles, booleans, strings, arrays of doubles and of strings,
 * times as seconds since 1970, and images as bytes.
 */
public final class FeatureCasts {

  private static final BigDecimal SECONDS_OF_DAY = BigDecimal.valueOf(86_400);
  private static final BigDecimal MICROSECONDS = BigDecimal.valueOf(1_000_000);

  private final RexBuilder rex;
  private final SparkFunctions functions;
  private final ImageStructs images;

  public FeatureCasts(RexBuilder rex, SparkFunctions functions) {
    this.rex = rex;
    this.functions = functions;
    this.images = new ImageStructs(rex, functions);
  }

  /** The value in the type that its kind asks for; the value itself where it has that type. */
  public RexNode cast(RexNode value, FeatureKind kind) {
    return switch (kind) {
      case NUMBER -> to(value, SqlTypeName.DOUBLE);
      case BOOLEAN -> to(value, SqlTypeName.BOOLEAN);
      case CATEGORY, TEXT -> to(value, SqlTypeName.VARCHAR);
      case NUMBERS -> elements(value, SqlTypeName.DOUBLE);
      case TEXTS -> elements(value, SqlTypeName.VARCHAR);
      case IMAGE -> ImageStructs.fits(value.getType()) ? images.bytes(value) : value;
      case DATETIME -> seconds(value);
    };
  }

  /** A cast, unless the value has the type. */
  public RexNode to(RexNode value, SqlTypeName type) {
    boolean text = type == SqlTypeName.VARCHAR && value.getType().getSqlTypeName() == type;
    return text || value.getType().getSqlTypeName() == type
        ? value
        : rex.makeAbstractCast(type(type, value), value, false);
  }

  private RexNode elements(RexNode value, SqlTypeName type) {
    RelDataType element = value.getType().getComponentType();
    if (element == null || element.getSqlTypeName() == type) {
      return value;
    }
    RelDataTypeFactory types = rex.getTypeFactory();
    RelDataType cast =
        types.createTypeWithNullability(types.createSqlType(type), element.isNullable());
    RelDataType array =
        types.createTypeWithNullability(
            types.createArrayType(cast, -1), value.getType().isNullable());
    return rex.makeAbstractCast(array, value, false);
  }

  private RexNode seconds(RexNode value) {
    return switch (value.getType().getSqlTypeName()) {
      case DATE ->
          call(
              "*",
              to(call("unix_date", SqlTypeName.INTEGER, value), SqlTypeName.DOUBLE),
              SECONDS_OF_DAY);
      case TIMESTAMP -> seconds(to(value, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          call(
              "/",
              to(call("unix_micros", SqlTypeName.BIGINT, value), SqlTypeName.DOUBLE),
              MICROSECONDS);
      default -> to(value, SqlTypeName.DOUBLE);
    };
  }

  private RexNode call(String function, SqlTypeName type, RexNode operand) {
    return rex.makeCall(type(type, operand), functions.operator(function), List.of(operand));
  }

  private RexNode call(String operator, RexNode left, BigDecimal right) {
    RelDataType type = type(SqlTypeName.DOUBLE, left);
    RexNode number =
        rex.makeApproxLiteral(right, rex.getTypeFactory().createSqlType(SqlTypeName.DOUBLE));
    return rex.makeCall(type, functions.operator(operator), List.of(left, number));
  }

  private RelDataType type(SqlTypeName type, RexNode like) {
    return rex.getTypeFactory()
        .createTypeWithNullability(
            rex.getTypeFactory().createSqlType(type), like.getType().isNullable());
  }
}

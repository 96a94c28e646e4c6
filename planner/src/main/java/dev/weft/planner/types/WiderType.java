package dev.weft.planner.types;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** The type that Spark gives to values of several types in one column. */
final class WiderType {

  private static final List<SqlTypeName> NUMBERS =
      List.of(
          SqlTypeName.TINYINT,
          SqlTypeName.SMALLINT,
          SqlTypeName.INTEGER,
          SqlTypeName.BIGINT,
          SqlTypeName.REAL,
          SqlTypeName.DOUBLE);

  private WiderType() {}

  /** The wider type of atomic ones; null where Calcite's own rule serves. */
  static @Nullable RelDataType of(List<RelDataType> types, RelDataTypeFactory factory) {
    RelDataType wider = types.get(0);
    boolean nullable = wider.isNullable();
    for (RelDataType type : types.subList(1, types.size())) {
      nullable = nullable || type.isNullable() || type.getSqlTypeName() == SqlTypeName.NULL;
      RelDataType both = ofTwo(wider, type, factory);
      if (both == null) {
        return null;
      }
      wider = both;
    }
    nullable = nullable || wider.getSqlTypeName() == SqlTypeName.NULL;
    return factory.createTypeWithNullability(wider, nullable);
  }

  private static @Nullable RelDataType ofTwo(
      RelDataType left, RelDataType right, RelDataTypeFactory factory) {
    if (left.getSqlTypeName() == SqlTypeName.NULL) {
      return right;
    }
    if (right.getSqlTypeName() == SqlTypeName.NULL
        || SqlTypeUtil.equalSansNullability(factory, left, right)) {
      return left;
    }
    int l = NUMBERS.indexOf(left.getSqlTypeName());
    int r = NUMBERS.indexOf(right.getSqlTypeName());
    if (l >= 0 && r >= 0) {
      return widerNumber(l, r, factory);
    }
    if (left.getSqlTypeName() == SqlTypeName.DECIMAL
        || right.getSqlTypeName() == SqlTypeName.DECIMAL) {
      return widerDecimal(left, right, factory);
    }
    return widerTime(left.getSqlTypeName(), right.getSqlTypeName(), factory);
  }

  /** A whole number beside a float loses digits, so Spark's ANSI rule takes double. */
  private static RelDataType widerNumber(int left, int right, RelDataTypeFactory factory) {
    SqlTypeName wider = NUMBERS.get(Math.max(left, right));
    boolean mixed = wider == SqlTypeName.REAL && left != right;
    return factory.createSqlType(mixed ? SqlTypeName.DOUBLE : wider);
  }

  private static @Nullable RelDataType widerDecimal(
      RelDataType left, RelDataType right, RelDataTypeFactory factory) {
    if (SqlTypeUtil.isApproximateNumeric(left) || SqlTypeUtil.isApproximateNumeric(right)) {
      return factory.createSqlType(SqlTypeName.DOUBLE);
    }
    if (!SqlTypeUtil.isExactNumeric(left) || !SqlTypeUtil.isExactNumeric(right)) {
      return null;
    }
    int scale = Math.max(scale(left), scale(right));
    int whole = Math.max(digits(left) - scale(left), digits(right) - scale(right));
    int precision = Math.min(SparkTypeSystem.MAX_DECIMAL, whole + scale);
    return factory.createSqlType(SqlTypeName.DECIMAL, precision, Math.min(scale, precision));
  }

  private static @Nullable RelDataType widerTime(
      SqlTypeName left, SqlTypeName right, RelDataTypeFactory factory) {
    if (left == SqlTypeName.DATE && isTimestamp(right)) {
      return factory.createSqlType(right);
    }
    return right == SqlTypeName.DATE && isTimestamp(left) ? factory.createSqlType(left) : null;
  }

  private static boolean isTimestamp(SqlTypeName type) {
    return type == SqlTypeName.TIMESTAMP || type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private static int scale(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
  }

  /** Digits of a decimal, or those that Spark gives a whole number. */
  private static int digits(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 20;
      default -> type.getPrecision();
    };
  }
}

package dev.weft.planner.validate;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** A number literal with the type Spark gives it as written: 0.9 is decimal(1,1). */
public final class SparkNumber extends SqlNumericLiteral {

  private final RelDataType type;

  public SparkNumber(BigDecimal value, RelDataType type, SqlParserPos place) {
    super(value, precision(value), value.scale(), isExact(type), place);
    this.type = type;
  }

  public static SparkNumber whole(long value, SqlParserPos place, RelDataTypeFactory types) {
    RelDataType type = types.createSqlType(SqlTypeName.INTEGER);
    return new SparkNumber(BigDecimal.valueOf(value), type, place);
  }

  public SparkNumber negated(SqlParserPos place) {
    return new SparkNumber(bigDecimalValue().negate(), type, place);
  }

  @Override
  public RelDataType createSqlType(RelDataTypeFactory factory) {
    return type;
  }

  @Override
  public boolean isInteger() {
    return getScale() == 0;
  }

  @Override
  public SqlNumericLiteral clone(SqlParserPos place) {
    return new SparkNumber(bigDecimalValue(), type, place);
  }

  private static boolean isExact(RelDataType type) {
    return type.getSqlTypeName() != SqlTypeName.DOUBLE;
  }

  private static int precision(BigDecimal value) {
    return Math.max(value.precision(), value.scale());
  }
}

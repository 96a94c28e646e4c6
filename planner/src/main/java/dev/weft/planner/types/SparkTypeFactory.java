package dev.weft.planner.types;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes types as Spark means them: a text literal is a string, and sets widen as Spark widens. */
public final class SparkTypeFactory extends SqlTypeFactoryImpl {

  public SparkTypeFactory() {
    super(SparkTypeSystem.INSTANCE);
  }

  @Override
  public RelDataType createSqlType(SqlTypeName type, int precision) {
    return isText(type)
        ? super.createSqlType(SqlTypeName.VARCHAR, RelDataType.PRECISION_NOT_SPECIFIED)
        : super.createSqlType(type, precision);
  }

  /** A type that only Spark understands, nullable. */
  RelDataType opaque(String text) {
    return canonize(new OpaqueType(text, true));
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof OpaqueType opaque
        ? canonize(opaque.withNullability(nullable))
        : super.createTypeWithNullability(type, nullable);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
    RelDataType wider = WiderType.of(types, this);
    return wider == null && !mixesTimes(types) ? super.leastRestrictive(types) : wider;
  }

  /** Calcite takes a number beside a time for a duration; Spark refuses the two. */
  private static boolean mixesTimes(List<RelDataType> types) {
    return types.stream().anyMatch(type -> SqlTypeUtil.isDatetime(type))
        && types.stream().anyMatch(type -> SqlTypeUtil.isNumeric(type));
  }

  private static boolean isText(SqlTypeName type) {
    return type == SqlTypeName.CHAR || type == SqlTypeName.VARCHAR;
  }
}

package dev.weft.planner.types;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes types as Spark means them: a text literal is a string, and sets widen as Spark widens. */
public final class SparkTypeFactory extends SqlTypeFactoryImpl {

  private UnaryOperator<List<RelDataType>> wider = types -> List.of();

  public SparkTypeFactory() {
    super(SparkTypeSystem.INSTANCE);
  }

  /**
   * Asks where no rule of this package says which type several have in common.
   *
   * @param asked gives the one common type, or nothing where there is none
   */
  public void ask(UnaryOperator<List<RelDataType>> asked) {
    wider = asked;
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
    RelDataType known = WiderType.of(types, this);
    if (known != null) {
      return known;
    }
    if (types.stream().anyMatch(RelDataType::isStruct)) {
      return super.leastRestrictive(types);
    }
    List<RelDataType> asked = wider.apply(types);
    if (!asked.isEmpty()) {
      return asked.get(0);
    }
    return mixesTimes(types) ? null : super.leastRestrictive(types);
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

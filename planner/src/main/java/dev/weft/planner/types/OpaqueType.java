package dev.weft.planner.types;

import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** A type that only Spark understands, such as a collated string; known here by its DDL text. */
final class OpaqueType extends AbstractSqlType {

  private final String text;

  OpaqueType(String text, boolean nullable) {
    super(SqlTypeName.OTHER, nullable, null);
    this.text = text;
    computeDigest();
  }

  String text() {
    return text;
  }

  OpaqueType withNullability(boolean nullable) {
    return nullable == isNullable() ? this : new OpaqueType(text, nullable);
  }

  @Override
  protected void generateTypeString(StringBuilder out, boolean withDetail) {
    out.append(text);
  }
}

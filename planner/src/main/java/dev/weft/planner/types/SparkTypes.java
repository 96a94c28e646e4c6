package dev.weft.planner.types;

import dev.weft.grammar.Quotes;
import dev.weft.planner.NotRepresentable;
import dev.weft.planner.spi.Column;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIntervalQualifier;

/**
 * Spark's DDL type text to Calcite's types and back.
 *
 * <p>Spark's {@code timestamp} is TIMESTAMP_WITH_LOCAL_TIME_ZONE, its {@code timestamp_ntz} is
 * TIMESTAMP, {@code float} is REAL, {@code string} is VARCHAR without length.
 */
public final class SparkTypes {

  /** The names of types, for "did you mean". */
  public static final List<String> NAMES =
      List.of(
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "decimal",
          "string",
          "binary",
          "date",
          "timestamp",
          "timestamp_ntz",
          "array",
          "map",
          "struct",
          "interval");

  private SparkTypes() {}

  /** The type of a DDL text such as {@code map<string,decimal(10,2)>}, nullable. */
  public static RelDataType parse(String ddl, RelDataTypeFactory types) {
    return new TypeText(ddl, types).whole();
  }

  /** The columns of a DDL text such as {@code a int, b string NOT NULL}. */
  public static List<Column> columns(String ddl, RelDataTypeFactory types) {
    return columns(new TypeText(ddl, types).schema());
  }

  /** A column's type, with its nullability. */
  public static RelDataType of(Column column, RelDataTypeFactory types) {
    return types.createTypeWithNullability(parse(column.type(), types), column.nullable());
  }

  /** The row type of columns. */
  public static RelDataType row(List<Column> columns, RelDataTypeFactory types) {
    RelDataTypeFactory.Builder builder = types.builder();
    columns.forEach(column -> builder.add(column.name(), of(column, types)));
    return builder.build();
  }

  /** The columns of a row type. */
  public static List<Column> columns(RelDataType row) {
    return row.getFieldList().stream()
        .map(f -> new Column(f.getName(), text(f.getType()), f.getType().isNullable()))
        .toList();
  }

  /** The DDL text of a type. */
  public static String text(RelDataType type) {
    if (type instanceof OpaqueType opaque) {
      return opaque.text();
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> "boolean";
      case TINYINT -> "tinyint";
      case SMALLINT -> "smallint";
      case INTEGER -> "int";
      case BIGINT -> "bigint";
      case REAL -> "float";
      case FLOAT, DOUBLE -> "double";
      case DECIMAL -> "decimal(" + type.getPrecision() + "," + type.getScale() + ")";
      case CHAR, VARCHAR, SYMBOL -> "string";
      case BINARY, VARBINARY -> "binary";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp_ntz";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp";
      case NULL -> "void";
      case VARIANT -> "variant";
      case ARRAY, MULTISET -> "array<" + text(component(type)) + ">";
      case MAP -> "map<" + text(key(type)) + "," + text(value(type)) + ">";
      case ROW, STRUCTURED -> struct(type);
      default -> interval(type);
    };
  }

  private static String struct(RelDataType type) {
    return type.getFieldList().stream()
        .map(SparkTypes::field)
        .collect(Collectors.joining(",", "struct<", ">"));
  }

  private static String field(RelDataTypeField field) {
    return Quotes.quoted(field.getName()) + ":" + text(field.getType());
  }

  private static String interval(RelDataType type) {
    SqlIntervalQualifier qualifier = type.getIntervalQualifier();
    if (qualifier == null) {
      throw new NotRepresentable("the type " + type);
    }
    String start = qualifier.getStartUnit().name().toLowerCase(Locale.ROOT);
    TimeUnit end = qualifier.getUnit();
    boolean single = qualifier.isSingleDatetimeField();
    return "interval " + start + (single ? "" : " to " + end.name().toLowerCase(Locale.ROOT));
  }

  private static RelDataType component(RelDataType type) {
    return java.util.Objects.requireNonNull(type.getComponentType());
  }

  private static RelDataType key(RelDataType type) {
    return java.util.Objects.requireNonNull(type.getKeyType());
  }

  private static RelDataType value(RelDataType type) {
    return java.util.Objects.requireNonNull(type.getValueType());
  }
}

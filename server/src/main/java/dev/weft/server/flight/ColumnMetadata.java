package dev.weft.server.flight;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** What Flight SQL clients want to know of a column beside its Arrow type. */
final class ColumnMetadata {

  private ColumnMetadata() {}

  /** The schema with the metadata of every column. */
  static Schema enrich(Schema schema) {
    return new Schema(
        schema.getFields().stream().map(field -> enrich(field, "")).toList(),
        schema.getCustomMetadata());
  }

  /** A column of a table, or of a result when the table's name is empty. */
  static Field enrich(Field field, String table) {
    FlightSqlColumnMetadata.Builder builder =
        new FlightSqlColumnMetadata.Builder()
            .typeName(typeName(field))
            .isAutoIncrement(false)
            .isCaseSensitive(field.getType() instanceof ArrowType.Utf8)
            .isReadOnly(true)
            .isSearchable(true);
    if (!table.isEmpty()) {
      builder.tableName(table).catalogName(CatalogRows.CATALOG).schemaName(CatalogRows.SCHEMA);
    }
    size(field.getType(), builder);
    Map<String, String> metadata = new HashMap<>(field.getMetadata());
    metadata.putAll(builder.build().getMetadataMap());
    FieldType type =
        new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata);
    return new Field(field.getName(), type, field.getChildren());
  }

  /** Spark's name of a column's type, in capitals as other databases write it. */
  static String typeName(Field field) {
    ArrowType type = field.getType();
    if (type instanceof ArrowType.Int whole) {
      return switch (whole.getBitWidth()) {
        case 8 -> "TINYINT";
        case 16 -> "SMALLINT";
        case 32 -> "INT";
        default -> "BIGINT";
      };
    }
    if (type instanceof ArrowType.FloatingPoint real) {
      return real.getPrecision() == FloatingPointPrecision.SINGLE ? "FLOAT" : "DOUBLE";
    }
    if (type instanceof ArrowType.Timestamp time) {
      return time.getTimezone() == null ? "TIMESTAMP_NTZ" : "TIMESTAMP";
    }
    return switch (type.getTypeID()) {
      case Utf8, LargeUtf8 -> "STRING";
      case Bool -> "BOOLEAN";
      case Decimal -> "DECIMAL";
      case Date -> "DATE";
      case Binary, LargeBinary, FixedSizeBinary -> "BINARY";
      case List, LargeList -> "ARRAY";
      case Map -> "MAP";
      case Struct -> "STRUCT";
      case Null -> "VOID";
      default -> type.getTypeID().name().toUpperCase(Locale.ROOT);
    };
  }

  private static void size(ArrowType type, FlightSqlColumnMetadata.Builder builder) {
    if (type instanceof ArrowType.Decimal decimal) {
      builder.precision(decimal.getPrecision()).scale(decimal.getScale());
    } else if (type instanceof ArrowType.Int whole) {
      builder.precision(whole.getBitWidth() == 64 ? 19 : whole.getBitWidth() / 3).scale(0);
    } else if (type instanceof ArrowType.FloatingPoint real) {
      builder.precision(real.getPrecision() == FloatingPointPrecision.SINGLE ? 7 : 15);
    }
  }
}

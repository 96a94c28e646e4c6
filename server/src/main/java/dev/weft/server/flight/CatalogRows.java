package dev.weft.server.flight;

import dev.weft.engine.Names;
import dev.weft.planner.spi.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Catalogs, schemas and tables as metadata calls list them. A name without dots stands in Spark's
 * default schema, where both the tables of scripts and those of the catalog are found by it.
 */
final class CatalogRows {

  /** Spark's own catalog. */
  static final String CATALOG = "spark_catalog";

  /** Spark's default schema. */
  static final String SCHEMA = "default";

  /** The only type of table told apart. */
  static final String TABLE = "TABLE";

  private final Names names;

  CatalogRows(Names names) {
    this.names = names;
  }

  static List<List<String>> catalogs() {
    return List.of(List.of(CATALOG));
  }

  static List<List<String>> tableTypes() {
    return List.of(List.of(TABLE));
  }

  List<List<String>> schemas(CommandGetDbSchemas request) {
    if (request.hasCatalog() && !isOurs(request.getCatalog())) {
      return List.of();
    }
    Pattern like = like(request.hasDbSchemaFilterPattern(), request.getDbSchemaFilterPattern());
    TreeSet<String> schemas = new TreeSet<>(List.of(SCHEMA));
    names.tables().keySet().forEach(name -> schemas.add(schemaOf(name)));
    return schemas.stream()
        .filter(schema -> like.matcher(schema).matches())
        .map(schema -> List.of(CATALOG, schema))
        .toList();
  }

  List<List<@Nullable Object>> tables(CommandGetTables request) {
    boolean wanted =
        request.getTableTypesList().isEmpty()
            || request.getTableTypesList().stream().anyMatch(TABLE::equalsIgnoreCase);
    if (!wanted || (request.hasCatalog() && !isOurs(request.getCatalog()))) {
      return List.of();
    }
    Pattern schemas = like(request.hasDbSchemaFilterPattern(), request.getDbSchemaFilterPattern());
    Pattern tables = like(request.hasTableNameFilterPattern(), request.getTableNameFilterPattern());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Map.Entry<String, List<Column>> table : new TreeMap<>(names.tables()).entrySet()) {
      String schema = schemaOf(table.getKey());
      String name = table.getKey().substring(table.getKey().lastIndexOf('.') + 1);
      if (schemas.matcher(schema).matches() && tables.matcher(name).matches()) {
        List<@Nullable Object> row = new ArrayList<>(List.of(CATALOG, schema, name, TABLE));
        if (request.getIncludeSchema()) {
          row.add(schema(name, table.getValue()));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static byte[] schema(String table, List<Column> columns) {
    List<Field> fields =
        columns.stream()
            .map(column -> ColumnMetadata.enrich(DdlTypes.field(column), table))
            .toList();
    return new Schema(fields).serializeAsMessage();
  }

  private static boolean isOurs(String catalog) {
    return catalog.equals(CATALOG) || catalog.equals("%");
  }

  private static String schemaOf(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? SCHEMA : name.substring(name.lastIndexOf('.', dot - 1) + 1, dot);
  }

  /** SQL's LIKE, {@code \} escaping, as a pattern; everything when there is no filter. */
  static Pattern like(boolean given, String filter) {
    if (!given) {
      return Pattern.compile(".*", Pattern.DOTALL);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < filter.length(); i++) {
      boolean escaped = filter.charAt(i) == '\\' && i + 1 < filter.length();
      regex.append(escaped ? Pattern.quote(filter.substring(++i, i + 1)) : one(filter.charAt(i)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  }

  private static String one(char c) {
    return switch (c) {
      case '%' -> ".*";
      case '_' -> ".";
      default -> Pattern.quote(String.valueOf(c));
    };
  }
}

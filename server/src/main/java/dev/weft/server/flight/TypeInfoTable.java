package dev.weft.server.flight;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types a column can have, as CommandGetXdbcTypeInfo lists them. */
final class TypeInfoTable {

  private static final int NULLABLE = 1;
  private static final int SEARCHABLE = 3;
  private static final int DATETIME = 9;

  private static final List<List<@Nullable Object>> ROWS =
      List.of(
          number("TINYINT", Types.TINYINT, 3),
          number("SMALLINT", Types.SMALLINT, 5),
          number("INT", Types.INTEGER, 10),
          number("BIGINT", Types.BIGINT, 19),
          number("FLOAT", Types.REAL, 7),
          number("DOUBLE", Types.DOUBLE, 15),
          decimal(),
          other("STRING", Types.VARCHAR, Integer.MAX_VALUE, "'"),
          other("BINARY", Types.VARBINARY, Integer.MAX_VALUE, "X'"),
          other("BOOLEAN", Types.BOOLEAN, 1, null),
          time("DATE", Types.DATE, 10, 1),
          time("TIMESTAMP", Types.TIMESTAMP, 26, 3),
          time("TIMESTAMP_NTZ", Types.TIMESTAMP, 26, 3),
          other("ARRAY", Types.ARRAY, Integer.MAX_VALUE, null),
          other("MAP", Types.JAVA_OBJECT, Integer.MAX_VALUE, null),
          other("STRUCT", Types.STRUCT, Integer.MAX_VALUE, null));

  private TypeInfoTable() {}

  /** All types, or those of one SQL type number. */
  static List<List<@Nullable Object>> rows(boolean filtered, int sqlType) {
    return ROWS.stream().filter(row -> !filtered || row.get(1).equals(sqlType)).toList();
  }

  private static List<@Nullable Object> number(String name, int type, int digits) {
    List<@Nullable Object> row = row(name, type, digits, null);
    row.set(9, false);
    row.set(13, 0);
    row.set(14, 0);
    row.set(17, 10);
    return row;
  }

  private static List<@Nullable Object> decimal() {
    List<@Nullable Object> row = number("DECIMAL", Types.DECIMAL, 38);
    row.set(5, List.of("precision", "scale"));
    row.set(14, 38);
    return row;
  }

  private static List<@Nullable Object> time(String name, int type, int size, int subcode) {
    List<@Nullable Object> row = row(name, type, size, "");
    row.set(3, type == Types.DATE ? "DATE '" : "TIMESTAMP '");
    row.set(15, DATETIME);
    row.set(16, subcode);
    return row;
  }

  private static List<@Nullable Object> other(
      String name, int type, int size, @Nullable String quote) {
    return row(name, type, size, quote);
  }

  /** In the order of the columns of GET_TYPE_INFO_SCHEMA. */
  private static List<@Nullable Object> row(
      String name, int type, int size, @Nullable String prefix) {
    return new ArrayList<>(
        Arrays.asList(
            name,
            type,
            size,
            prefix,
            prefix == null ? null : "'",
            null,
            NULLABLE,
            type == Types.VARCHAR,
            SEARCHABLE,
            null,
            false,
            false,
            name,
            null,
            null,
            type,
            null,
            null,
            null));
  }
}

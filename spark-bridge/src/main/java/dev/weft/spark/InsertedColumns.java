package dev.weft.spark;

import dev.weft.planner.spi.SparkError;
import dev.weft.spark.convert.Catalyst;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Whether what an INSERT gives fits a table that the same script makes, which Spark cannot be asked
 * about yet; the errors are those that Spark would give.
 */
final class InsertedColumns {

  private final InsertIntoStatement insert;
  private final String table;
  private final StructType target;

  InsertedColumns(InsertIntoStatement insert, String table, StructType target) {
    this.insert = insert;
    this.table = table;
    this.target = target;
  }

  /** Fails where the columns of the query cannot go into the table's. */
  void fit(StructType given) {
    List<StructField> wanted = wanted();
    if (insert.byName()) {
      return;
    }
    if (given.length() != wanted.size()) {
      boolean few = given.length() < wanted.size();
      throw error(
          "INSERT_COLUMN_ARITY_MISMATCH."
              + (few ? "NOT_ENOUGH_DATA_COLUMNS" : "TOO_MANY_DATA_COLUMNS"),
          Map.of(
              "tableName",
              table,
              "tableColumns",
              names(wanted),
              "dataColumns",
              names(Arrays.asList(given.fields()))));
    }
    for (int i = 0; i < wanted.size(); i++) {
      fit(given.fields()[i], wanted.get(i));
    }
  }

  private void fit(StructField given, StructField wanted) {
    if (!Cast$.MODULE$.canANSIStoreAssign(given.dataType(), wanted.dataType())) {
      throw error(
          "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST",
          Map.of(
              "tableName",
              table,
              "colName",
              wanted.name(),
              "srcType",
              given.dataType().sql(),
              "targetType",
              wanted.dataType().sql()));
    }
  }

  /** The columns that the query gives values for, in its order. */
  private List<StructField> wanted() {
    List<String> named = Catalyst.list(insert.userSpecifiedCols());
    if (!named.isEmpty()) {
      return named.stream().map(this::column).toList();
    }
    List<StructField> open = new ArrayList<>();
    for (StructField field : target.fields()) {
      boolean fixed =
          Catalyst.list(insert.partitionSpec().toSeq()).stream()
              .anyMatch(part -> part._1().equalsIgnoreCase(field.name()) && part._2().isDefined());
      if (!fixed) {
        open.add(field);
      }
    }
    return open;
  }

  private StructField column(String name) {
    return Arrays.stream(target.fields())
        .filter(field -> field.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                error(
                    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                    Map.of("objectName", name, "proposal", names(Arrays.asList(target.fields())))));
  }

  private static String names(List<StructField> fields) {
    return fields.stream().map(StructField::name).collect(Collectors.joining(", "));
  }

  private SparkError error(String condition, Map<String, String> said) {
    return new SparkError(
        condition,
        said,
        condition.toLowerCase(Locale.ROOT),
        OptionalInt.empty(),
        OptionalInt.empty(),
        new IllegalArgumentException(table));
  }
}

package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.catalog.CatalogColumnStat;
import org.apache.spark.sql.catalyst.catalog.CatalogStatistics;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;

/** What ANALYZE TABLE has counted. */
final class StatisticsCodec {

  private StatisticsCodec() {}

  static void write(Option<CatalogStatistics> statistics, ObjectNode json) {
    if (statistics.isEmpty()) {
      return;
    }
    ObjectNode counted = json.putObject("statistics");
    counted.put("bytes", statistics.get().sizeInBytes().toString());
    if (statistics.get().rowCount().isDefined()) {
      counted.put("rows", statistics.get().rowCount().get().toString());
    }
    ObjectNode columns = counted.putObject("columns");
    CollectionConverters.asJava(statistics.get().colStats())
        .forEach((column, stat) -> Fields.put(columns, column, stat.toMap("")));
  }

  static Option<CatalogStatistics> read(JsonNode json) {
    JsonNode counted = json.get("statistics");
    if (counted == null) {
      return Option.empty();
    }
    JsonNode rows = counted.get("rows");
    Map<String, CatalogColumnStat> columns = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> column : counted.path("columns").properties()) {
      Option<CatalogColumnStat> stat =
          CatalogColumnStat.fromMap("", "", Fields.map(counted.path("columns"), column.getKey()));
      if (stat.isDefined()) {
        columns.put(column.getKey(), stat.get());
      }
    }
    return Option.apply(
        new CatalogStatistics(
            BigInt.apply(counted.path("bytes").asText("0")),
            rows == null ? Option.empty() : Option.apply(BigInt.apply(rows.asText())),
            Fields.scala(columns)));
  }
}

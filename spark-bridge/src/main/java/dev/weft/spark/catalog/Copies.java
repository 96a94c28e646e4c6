package dev.weft.spark.catalog;

import java.net.URI;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogStatistics;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTablePartition;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Map;

/** Tables and partitions with one thing changed: Scala's copy with names, which Java lacks. */
final class Copies {

  private Copies() {}

  static CatalogTable at(CatalogTable table, URI location) {
    return copy(
        table,
        table.identifier(),
        at(table.storage(), location),
        table.schema(),
        table.properties(),
        table.stats());
  }

  static CatalogTable named(CatalogTable table, TableIdentifier name) {
    return copy(table, name, table.storage(), table.schema(), table.properties(), table.stats());
  }

  static CatalogTable with(CatalogTable table, StructType schema) {
    return copy(
        table, table.identifier(), table.storage(), schema, table.properties(), table.stats());
  }

  static CatalogTable having(CatalogTable table, Map<String, String> properties) {
    return copy(
        table, table.identifier(), table.storage(), table.schema(), properties, table.stats());
  }

  static CatalogTable counted(CatalogTable table, Option<CatalogStatistics> statistics) {
    return copy(
        table, table.identifier(), table.storage(), table.schema(), table.properties(), statistics);
  }

  /** A partition whose table's folder is another now. */
  static CatalogTablePartition moved(CatalogTablePartition partition, URI from, URI to) {
    String place = partition.location().getPath();
    String before = from.getPath().replaceAll("/$", "") + "/";
    if (!place.startsWith(before)) {
      return partition;
    }
    String rest = place.substring(before.length());
    URI location = new org.apache.hadoop.fs.Path(new org.apache.hadoop.fs.Path(to), rest).toUri();
    return at(partition, location);
  }

  static CatalogTablePartition at(CatalogTablePartition partition, URI location) {
    return new CatalogTablePartition(
        partition.spec(),
        at(partition.storage(), location),
        partition.parameters(),
        partition.createTime(),
        partition.lastAccessTime(),
        partition.stats());
  }

  static CatalogTablePartition named(CatalogTablePartition partition, Map<String, String> spec) {
    return new CatalogTablePartition(
        spec,
        partition.storage(),
        partition.parameters(),
        partition.createTime(),
        partition.lastAccessTime(),
        partition.stats());
  }

  private static CatalogStorageFormat at(CatalogStorageFormat storage, URI location) {
    return new CatalogStorageFormat(
        Option.apply(location),
        storage.inputFormat(),
        storage.outputFormat(),
        storage.serde(),
        storage.compressed(),
        storage.properties());
  }

  private static CatalogTable copy(
      CatalogTable table,
      TableIdentifier name,
      CatalogStorageFormat storage,
      StructType schema,
      Map<String, String> properties,
      Option<CatalogStatistics> statistics) {
    return new CatalogTable(
        name,
        table.tableType(),
        storage,
        schema,
        table.provider(),
        table.partitionColumnNames(),
        table.bucketSpec(),
        table.owner(),
        table.createTime(),
        table.lastAccessTime(),
        table.createVersion(),
        properties,
        statistics,
        table.viewText(),
        table.comment(),
        table.collation(),
        table.unsupportedFeatures(),
        table.tracksPartitionsInCatalog(),
        table.schemaPreservesCase(),
        table.ignoredProperties(),
        table.viewOriginalText());
  }
}

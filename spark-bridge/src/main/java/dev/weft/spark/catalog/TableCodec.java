package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.catalog.BucketSpec;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.CatalogTableType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/** A table or a view. */
record TableCodec(StorageCodec storage) implements Codec<CatalogTable> {

  @Override
  public void write(CatalogTable table, ObjectNode json) {
    json.put("database", table.database());
    json.put("type", table.tableType().name());
    Fields.put(json, "provider", table.provider());
    Fields.put(json, "comment", table.comment());
    Fields.put(json, "view", table.viewText());
    Fields.put(json, "viewOriginal", table.viewOriginalText());
    json.put("schema", table.schema().json());
    Fields.put(json, "partitionedBy", table.partitionColumnNames());
    if (table.bucketSpec().isDefined()) {
      BucketSpec buckets = table.bucketSpec().get();
      ObjectNode object = json.putObject("buckets").put("count", buckets.numBuckets());
      Fields.put(object, "columns", buckets.bucketColumnNames());
      Fields.put(object, "sortedBy", buckets.sortColumnNames());
    }
    storage.write(table.storage(), json.putObject("storage"));
    json.put("owner", table.owner());
    json.put("created", table.createTime());
    json.put("accessed", table.lastAccessTime());
    json.put("sparkVersion", table.createVersion());
    Fields.put(json, "properties", table.properties());
    StatisticsCodec.write(table.stats(), json);
    Fields.put(json, "collation", table.collation());
    Fields.put(json, "unsupported", table.unsupportedFeatures());
    json.put("tracksPartitions", table.tracksPartitionsInCatalog());
    json.put("schemaPreservesCase", table.schemaPreservesCase());
    Fields.put(json, "ignored", table.ignoredProperties());
  }

  @Override
  public CatalogTable read(JsonNode json) {
    return new CatalogTable(
        new TableIdentifier(Fields.text(json, "name"), Option.apply(Fields.text(json, "database"))),
        CatalogTableType.apply(Fields.text(json, "type")),
        storage.read(json.path("storage")),
        (StructType) DataType.fromJson(Fields.text(json, "schema")),
        Fields.option(json, "provider"),
        Fields.texts(json, "partitionedBy"),
        buckets(json.get("buckets")),
        Fields.text(json, "owner"),
        json.path("created").asLong(),
        json.path("accessed").asLong(),
        Fields.text(json, "sparkVersion"),
        Fields.map(json, "properties"),
        StatisticsCodec.read(json),
        Fields.option(json, "view"),
        Fields.option(json, "comment"),
        Fields.option(json, "collation"),
        Fields.texts(json, "unsupported"),
        json.path("tracksPartitions").asBoolean(),
        json.path("schemaPreservesCase").asBoolean(true),
        Fields.map(json, "ignored"),
        Fields.option(json, "viewOriginal"));
  }

  private static Option<BucketSpec> buckets(@org.jspecify.annotations.Nullable JsonNode json) {
    return json == null
        ? Option.empty()
        : Option.apply(
            new BucketSpec(
                json.path("count").asInt(),
                Fields.texts(json, "columns"),
                Fields.texts(json, "sortedBy")));
  }
}

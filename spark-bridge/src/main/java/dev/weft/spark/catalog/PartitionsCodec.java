package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.catalog.CatalogTablePartition;

/** All partitions of a table. */
record PartitionsCodec(StorageCodec storage) implements Codec<List<CatalogTablePartition>> {

  @Override
  public void write(List<CatalogTablePartition> partitions, ObjectNode json) {
    ArrayNode array = json.putArray("partitions");
    for (CatalogTablePartition partition : partitions) {
      ObjectNode object = array.addObject();
      Fields.put(object, "spec", partition.spec());
      storage.write(partition.storage(), object.putObject("storage"));
      Fields.put(object, "parameters", partition.parameters());
      object.put("created", partition.createTime());
      object.put("accessed", partition.lastAccessTime());
      StatisticsCodec.write(partition.stats(), object);
    }
  }

  @Override
  public List<CatalogTablePartition> read(JsonNode json) {
    List<CatalogTablePartition> partitions = new ArrayList<>();
    for (JsonNode partition : json.path("partitions")) {
      partitions.add(
          new CatalogTablePartition(
              Fields.map(partition, "spec"),
              storage.read(partition.path("storage")),
              Fields.map(partition, "parameters"),
              partition.path("created").asLong(),
              partition.path("accessed").asLong(),
              StatisticsCodec.read(partition)));
    }
    return List.copyOf(partitions);
  }
}

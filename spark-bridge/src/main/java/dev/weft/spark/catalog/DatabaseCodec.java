package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.spark.sql.catalyst.catalog.CatalogDatabase;

/** A database. */
record DatabaseCodec(Places places) implements Codec<CatalogDatabase> {

  @Override
  public void write(CatalogDatabase database, ObjectNode json) {
    json.put("description", database.description());
    json.put("location", places.written(database.locationUri()));
    Fields.put(json, "properties", database.properties());
  }

  @Override
  public CatalogDatabase read(JsonNode json) {
    return new CatalogDatabase(
        Fields.text(json, "name"),
        Fields.text(json, "description"),
        places.read(Fields.text(json, "location")),
        Fields.map(json, "properties"));
  }
}

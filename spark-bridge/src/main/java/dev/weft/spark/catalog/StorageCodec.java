package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.spark.sql.catalyst.catalog.CatalogStorageFormat;

/** Where and how rows are stored. */
record StorageCodec(Places places) implements Codec<CatalogStorageFormat> {

  @Override
  public void write(CatalogStorageFormat storage, ObjectNode json) {
    if (storage.locationUri().isDefined()) {
      json.put("location", places.written(storage.locationUri().get()));
    }
    Fields.put(json, "inputFormat", storage.inputFormat());
    Fields.put(json, "outputFormat", storage.outputFormat());
    Fields.put(json, "serde", storage.serde());
    if (storage.compressed()) {
      json.put("compressed", true);
    }
    Fields.put(json, "options", storage.properties());
  }

  @Override
  public CatalogStorageFormat read(JsonNode json) {
    return new CatalogStorageFormat(
        Fields.option(json, "location").map(new ToPlace(places)),
        Fields.option(json, "inputFormat"),
        Fields.option(json, "outputFormat"),
        Fields.option(json, "serde"),
        json.path("compressed").asBoolean(),
        Fields.map(json, "options"));
  }

  private static final class ToPlace extends scala.runtime.AbstractFunction1<String, java.net.URI> {
    private final Places places;

    ToPlace(Places places) {
      this.places = places;
    }

    @Override
    public java.net.URI apply(String text) {
      return places.read(text);
    }
  }
}

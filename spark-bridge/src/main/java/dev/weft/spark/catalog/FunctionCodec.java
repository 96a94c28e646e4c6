package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogFunction;
import org.apache.spark.sql.catalyst.catalog.FunctionResource;
import org.apache.spark.sql.catalyst.catalog.FunctionResourceType$;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** A function: SQL's own, whose text Spark hands over as resources, or a class in a jar. */
final class FunctionCodec implements Codec<CatalogFunction> {

  @Override
  public void write(CatalogFunction function, ObjectNode json) {
    json.put("database", function.identifier().database().get());
    json.put("class", function.className());
    ArrayNode resources = json.putArray("resources");
    for (FunctionResource resource : CollectionConverters.asJava(function.resources())) {
      resources
          .addObject()
          .put("type", resource.resourceType().resourceType())
          .put("uri", resource.uri());
    }
  }

  @Override
  public CatalogFunction read(JsonNode json) {
    List<FunctionResource> resources = new ArrayList<>();
    for (JsonNode resource : json.path("resources")) {
      resources.add(
          new FunctionResource(
              FunctionResourceType$.MODULE$.fromString(Fields.text(resource, "type")),
              Fields.text(resource, "uri")));
    }
    return new CatalogFunction(
        new FunctionIdentifier(
            Fields.text(json, "name"), Option.apply(Fields.text(json, "database"))),
        Fields.text(json, "class"),
        CollectionConverters.asScala(resources).toSeq());
  }
}

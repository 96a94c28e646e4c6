package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Scala's options, sequences and maps as fields of JSON; what is empty is left out. */
final class Fields {

  private Fields() {}

  static void put(ObjectNode json, String field, Option<String> value) {
    if (value.isDefined()) {
      json.put(field, value.get());
    }
  }

  static void put(ObjectNode json, String field, Seq<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = json.putArray(field);
      CollectionConverters.asJava(values).forEach(array::add);
    }
  }

  static void put(
      ObjectNode json, String field, scala.collection.immutable.Map<String, String> values) {
    if (!values.isEmpty()) {
      ObjectNode object = json.putObject(field);
      new java.util.TreeMap<>(CollectionConverters.asJava(values)).forEach(object::put);
    }
  }

  static Option<String> option(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value == null || value.isNull() ? Option.empty() : Option.apply(value.asText());
  }

  static String text(JsonNode json, String field) {
    return json.path(field).asText("");
  }

  static Seq<String> texts(JsonNode json, String field) {
    List<String> values = new ArrayList<>();
    json.path(field).forEach(value -> values.add(value.asText()));
    return CollectionConverters.asScala(values).toSeq();
  }

  static scala.collection.immutable.Map<String, String> map(JsonNode json, String field) {
    Map<String, String> values = new LinkedHashMap<>();
    json.path(field)
        .properties()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
    return scala(values);
  }

  static <V> scala.collection.immutable.Map<String, V> scala(Map<String, V> values) {
    return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(values));
  }
}

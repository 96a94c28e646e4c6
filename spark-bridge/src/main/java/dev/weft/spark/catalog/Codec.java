package dev.weft.spark.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one kind of catalog file says. */
interface Codec<T> {

  void write(T value, ObjectNode json);

  T read(JsonNode json);
}

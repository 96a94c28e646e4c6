package dev.weft.spark.convert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.CorrelationId;

/**
 * The columns an expression can see: those of its node's inputs by position, and those of the rows
 * around it by correlation.
 */
record Scope(List<String> columns, Map<CorrelationId, List<String>> outer) {

  Scope {
    columns = List.copyOf(columns);
    outer = Map.copyOf(outer);
  }

  /** The scope of a node whose own rows subqueries refer to as {@code variables}. */
  Scope of(List<String> input, Iterable<CorrelationId> variables) {
    Map<CorrelationId, List<String>> visible = new HashMap<>(outer);
    variables.forEach(variable -> visible.put(variable, input));
    return new Scope(input, visible);
  }

  static Scope empty() {
    return new Scope(List.of(), Map.of());
  }
}

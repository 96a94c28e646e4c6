package dev.weft.spark;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a script by name, whose case does not count. Made once for a statement, since a
 * script may have a thousand of them.
 */
record ScriptTables(Map<String, RelNode> byName) {

  ScriptTables {
    Map<String, RelNode> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(byName);
    byName = Collections.unmodifiableMap(copy);
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  @Nullable RelNode table(String name) {
    return byName.get(name);
  }
}

package dev.weft.engine;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;

/** What a session has named and set so far; names are compared without case. */
public final class Workspace {

  private final Map<String, RelNode> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Object> settings = new TreeMap<>();

  /** The tables by name, as they are now. */
  public Map<String, RelNode> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** Names a relation; a name may be given again. */
  public void define(String name, RelNode plan) {
    tables.remove(name);
    tables.put(name, plan);
  }

  /** The settings in force, by key without {@code weft.}. */
  public Map<String, Object> settings() {
    return Collections.unmodifiableMap(settings);
  }

  /** Sets a setting. */
  public void set(String key, Object value) {
    settings.put(key, value);
  }
}

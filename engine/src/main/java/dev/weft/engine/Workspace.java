package dev.weft.engine;

import dev.weft.engine.spi.ArrowSource;
import dev.weft.planner.param.ParamValue;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.apache.calcite.rel.RelNode;

/** What a session has named and set so far; names are compared without case. */
public final class Workspace {

  private final Map<String, RelNode> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<ArrowSource> kept = Collections.newSetFromMap(new WeakHashMap<>());
  private final Map<String, Object> settings = new TreeMap<>();
  private final Set<String> told = new HashSet<>();
  private final Map<String, ParamValue> params = new TreeMap<>();

  /** The tables by name, as they are now. */
  public Map<String, RelNode> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** Names a relation; a name may be given again. */
  public void define(String name, RelNode plan) {
    tables.remove(name);
    tables.put(name, plan);
  }

  /**
   * Remembers rows that lie elsewhere, as long as something reads them, to let them go at the end.
   */
  public void keep(ArrowSource rows) {
    kept.add(rows);
  }

  /** Whether the session has not been told this yet; from now on it has. */
  public boolean tell(String advice) {
    return told.add(advice);
  }

  /** Lets go what lies elsewhere. */
  void release() {
    List.copyOf(kept).forEach(ArrowSource::close);
    kept.clear();
  }

  /** The declared parameters, by name in lower case. */
  public Map<String, ParamValue> params() {
    return Collections.unmodifiableMap(params);
  }

  /** Declares a parameter, or gives it another value. */
  public void declare(ParamValue value) {
    params.put(value.name().toLowerCase(Locale.ROOT), value);
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

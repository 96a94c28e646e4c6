package dev.weft.planner.param;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code ?} of the statements of one submission, their values if known and their places, and
 * what DECLARE PARAM has declared so far.
 */
public final class Parameters {

  private final Optional<List<Object>> values;
  private final Map<String, ParamValue> declared;
  private final List<Span> places = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  public Parameters(Optional<List<Object>> values, Map<String, ParamValue> declared) {
    this.values = values;
    this.declared = new HashMap<>(declared);
  }

  /** From here on the name has this value. */
  public void declare(ParamValue value) {
    declared.put(key(value.name()), value);
  }

  /** Whether there is a parameter of a name. */
  public boolean isDeclared(String name) {
    return declared.containsKey(key(name));
  }

  /** The value of {@code :name}; fails where nothing declares it. */
  public ParamValue named(String name, Span place) {
    ParamValue value = declared.get(key(name));
    if (value == null) {
      String hint =
          declared.isEmpty()
              ? "; DECLARE PARAM %s type declares one".formatted(name)
              : Nearest.hintOrList(name, declared.keySet());
      throw ErrorCode.PARAMETER_NOT_FOUND.failure(place, name, hint);
    }
    return value;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The index of the parameter at a place, the same each time it is asked. */
  public int index(Span place) {
    int known = places.indexOf(place);
    if (known >= 0) {
      return known;
    }
    places.add(place);
    types.add("string");
    return places.size() - 1;
  }

  /** Whether values are known at all. */
  public boolean bound() {
    return values.isPresent();
  }

  /** How many values there are. */
  public int count() {
    return values.map(List::size).orElse(0);
  }

  /** The value of an index. */
  public Object value(int index) {
    return values.orElseThrow().get(index);
  }

  /** Notes the type that checking found. */
  public void typed(int index, String type) {
    types.set(index, type);
  }

  /** The Spark type of each, in the order of the text. */
  public List<String> types() {
    return List.copyOf(types);
  }
}

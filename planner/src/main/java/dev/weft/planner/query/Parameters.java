package dev.weft.planner.query;

import dev.weft.grammar.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code ?} of the statements of one submission: their values if known, and their places. */
public final class Parameters {

  private final Optional<List<Object>> values;
  private final List<Span> places = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  public Parameters(Optional<List<Object>> values) {
    this.values = values;
  }

  /** The index of the parameter at a place, the same each time it is asked. */
  int index(Span place) {
    int known = places.indexOf(place);
    if (known >= 0) {
      return known;
    }
    places.add(place);
    types.add("string");
    return places.size() - 1;
  }

  /** Whether values are known at all. */
  boolean bound() {
    return values.isPresent();
  }

  /** How many values there are. */
  int count() {
    return values.map(List::size).orElse(0);
  }

  /** The value of an index. */
  Object value(int index) {
    return values.orElseThrow().get(index);
  }

  /** Notes the type that checking found. */
  void typed(int index, String type) {
    types.set(index, type);
  }

  /** The Spark type of each, in the order of the text. */
  public List<String> types() {
    return List.copyOf(types);
  }
}

package dev.weft.planner.query;

import dev.weft.grammar.antlr.WeftParser.NamedQueryContext;
import dev.weft.planner.name.NameText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The items of a WITH clause that are visible so far. */
final class WithScope {

  private final List<NamedQueryContext> items = new ArrayList<>();

  void add(NamedQueryContext item) {
    items.add(item);
  }

  /** The visible items in order. */
  List<NamedQueryContext> items() {
    return List.copyOf(items);
  }

  /** The name as declared. */
  Optional<String> declared(String name) {
    return items.stream()
        .map(item -> NameText.of(item.name()))
        .filter(name::equalsIgnoreCase)
        .reduce((first, last) -> last);
  }
}

package dev.weft.planner;

import java.util.List;
import java.util.Optional;

/** The algorithms a Weft has, whichever runtime declares them. */
public final class AlgorithmCatalog {

  private final List<AlgorithmDeclaration> declarations;

  public AlgorithmCatalog(List<AlgorithmDeclaration> declarations) {
    this.declarations = List.copyOf(declarations);
  }

  /** All of them, in declaration order. */
  public List<AlgorithmDeclaration> all() {
    return declarations;
  }

  /** The algorithm of a name or alias, without regard to case. */
  public Optional<AlgorithmDeclaration> find(String name) {
    return declarations.stream()
        .filter(
            declaration ->
                declaration.name().equalsIgnoreCase(name)
                    || declaration.aliases().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  /** Names and aliases, for "did you mean" and completion. */
  public List<String> names() {
    return declarations.stream()
        .flatMap(
            d ->
                java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(d.name()), d.aliases().stream()))
        .toList();
  }
}

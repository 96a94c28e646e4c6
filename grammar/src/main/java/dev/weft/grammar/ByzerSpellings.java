package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Name;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** What may be written so in {@code .byzer} and {@code .mlsql} files only. */
final class ByzerSpellings {

  private final Source source;
  private final PartReader read;
  private final boolean allowed;

  ByzerSpellings(Source source, PartReader read) {
    this.source = source;
    this.read = read;
    this.allowed = source.isByzer();
  }

  /** The result's name: the last of several, as in {@code as a as b}. */
  Optional<Name> result(List<WeftParser.NameContext> names) {
    if (names.size() > 1 && !allowed) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(names.get(1)),
          "a statement names its result once; leave 'AS " + names.get(0).getText() + "' out");
    }
    return names.stream().reduce((first, second) -> second).map(read::name);
  }

  /** A first AND, as in {@code where and a = 1}. */
  void checkFirst(Token and) {
    if (!allowed) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          Places.of(source, and),
          "AND stands between two options, not before the first; leave it out");
    }
  }
}

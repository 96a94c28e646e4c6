package dev.weft.grammar.ast;

import dev.weft.grammar.Source;
import java.util.List;

/** All statements of one source, in order. */
public record Script(Source source, List<Statement> statements) {
  /** Copies the list. */
  public Script {
    statements = List.copyOf(statements);
  }
}

package dev.weft.grammar;

import dev.weft.grammar.ast.Script;
import java.util.List;

/** The statements of a text that could be read, and what is wrong with the others. */
public record ParsedScript(Script script, List<Diagnostic> errors) {
  /** Copies the list. */
  public ParsedScript {
    errors = List.copyOf(errors);
  }

  /** The script; throws everything found wrong when there is anything. */
  public Script orThrow() {
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    return script;
  }
}

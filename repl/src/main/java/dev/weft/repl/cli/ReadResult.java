package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;

/** What a command tells of scripts: texts to standard output, errors behind them. */
final class ReadResult {

  private ReadResult() {}

  /** Prints a text of each script as soon as there is one. */
  static ScriptsToRead.Reader to(Console console, BiFunction<Session, Submission, String> text) {
    return (session, script) -> {
      try {
        console.out().write(text.apply(session, script));
        console.flush();
      } catch (IOException lost) {
        console.close(lost);
      }
      return List.of();
    };
  }

  /** The exit code; errors are printed. */
  static int print(Console console, CommonOptions common, List<Diagnostic> found) {
    return found.isEmpty() ? 0 : new ErrorReport(console.err(), common.debug).print(found);
  }
}

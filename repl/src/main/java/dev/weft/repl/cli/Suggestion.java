package dev.weft.repl.cli;

import dev.weft.grammar.Nearest;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes of picocli's complaint one sentence that names the nearest valid word. */
final class Suggestion {

  private Suggestion() {}

  static String completed(String message, ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return message;
    }
    String word = unmatched.getUnmatched().get(0);
    var spec = e.getCommandLine().getCommandSpec();
    if (word.startsWith("-")) {
      List<String> options = List.copyOf(spec.optionsMap().keySet());
      return "there is no option '" + word + "'" + Nearest.hint(word, options);
    }
    if (spec.subcommands().isEmpty()) {
      return "'" + word + "' is one argument too many";
    }
    String hint = Nearest.hint(word, spec.subcommands().keySet());
    boolean file = word.endsWith(".weft") || word.endsWith(".byzer") || word.endsWith(".mlsql");
    return "there is no command '" + word + "'" + (file ? "; write weft run " + word : hint);
  }
}

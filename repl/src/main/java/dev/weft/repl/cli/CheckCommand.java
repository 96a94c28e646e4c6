package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.repl.print.ResultPrinter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code weft check FILE…}: parses and resolves everything, runs nothing. */
@Command(
    name = "check",
    description = "Parses and resolves scripts whole, runs nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class CheckCommand extends ReadingCommand {

  CheckCommand(Console console, Host.Opener opener) {
    super(console, opener);
  }

  @Override
  List<Diagnostic> read(Session session, Submission script) {
    ResultPrinter none = rows -> 0;
    try (ConsoleListener listener =
        new ConsoleListener(console, none, ConsoleListener.Style.SCRIPT)) {
      return session.check(script, listener);
    }
  }

  @Override
  void sound() {
    int count = scripts.count();
    console.err().println(count == 1 ? "no errors" : count + " files, no errors");
  }
}

package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import dev.weft.repl.print.ResultPrinter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft check FILE…}: parses and resolves everything, runs nothing. */
@Command(
    name = "check",
    description = "Parses and resolves scripts whole, runs nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class CheckCommand implements Callable<Integer> {

  @Mixin ScriptsToRead scripts = new ScriptsToRead();

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;
  private final Host.Opener opener;

  CheckCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  @Override
  public Integer call() {
    Interrupts.install();
    List<Diagnostic> found = scripts.each(opener, this::check);
    if (found.isEmpty()) {
      int count = scripts.count();
      console.err().println(count == 1 ? "no errors" : count + " files, no errors");
    }
    return ReadResult.print(console, common, found);
  }

  private List<Diagnostic> check(Session session, Submission script) {
    ResultPrinter none = rows -> 0;
    try (ConsoleListener listener =
        new ConsoleListener(console, none, ConsoleListener.Style.SCRIPT)) {
      return session.check(script, listener);
    }
  }
}

package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code weft plan FILE…}: the plan of every statement; nothing runs. */
@Command(
    name = "plan",
    description = "Prints the plan of every statement of scripts, runs nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class PlanCommand extends ReadingCommand {

  PlanCommand(Console console, Host.Opener opener) {
    super(console, opener);
  }

  @Override
  List<Diagnostic> read(Session session, Submission script) {
    return print(session.plan(script));
  }
}

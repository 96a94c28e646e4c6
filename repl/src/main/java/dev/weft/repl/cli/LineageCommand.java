package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.engine.Submission;
import dev.weft.grammar.Diagnostic;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code weft lineage FILE…}: where the columns of every statement come from; nothing runs. */
@Command(
    name = "lineage",
    description =
        "Prints where the columns of every statement come from, one JSON object a line; runs"
            + " nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class LineageCommand extends ReadingCommand {

  LineageCommand(Console console, Host.Opener opener) {
    super(console, opener);
  }

  @Override
  List<Diagnostic> read(Session session, Submission script) {
    return print(session.lineage(script));
  }
}

package dev.weft.repl.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft lineage FILE…}: where the columns of every statement come from; nothing runs. */
@Command(
    name = "lineage",
    description =
        "Prints where the columns of every statement come from, one JSON object a line; runs"
            + " nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class LineageCommand implements Callable<Integer> {

  @Mixin ScriptsToRead scripts = new ScriptsToRead();

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;
  private final Host.Opener opener;

  LineageCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  @Override
  public Integer call() {
    Interrupts.install();
    return ReadResult.print(
        console, common, scripts.each(opener, ReadResult.to(console, (s, t) -> s.lineage(t))));
  }
}

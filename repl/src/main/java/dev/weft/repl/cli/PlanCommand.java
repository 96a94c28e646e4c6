package dev.weft.repl.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft plan FILE…}: the plan of every statement; nothing runs. */
@Command(
    name = "plan",
    description = "Prints the plan of every statement of scripts, runs nothing.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class PlanCommand implements Callable<Integer> {

  @Mixin ScriptsToRead scripts = new ScriptsToRead();

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;
  private final Host.Opener opener;

  PlanCommand(Console console, Host.Opener opener) {
    this.console = console;
    this.opener = opener;
  }

  @Override
  public Integer call() {
    Interrupts.install();
    return ReadResult.print(
        console, common, scripts.each(opener, ReadResult.to(console, (s, t) -> s.plan(t))));
  }
}

package dev.weft.repl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft deps [torch …]}: makes the Python environment ahead of its first use. */
@Command(
    name = "deps",
    description = "Makes the Python environment now, with extras such as torch.",
    usageHelpAutoWidth = true)
final class DepsCommand implements Callable<Integer> {

  @Parameters(paramLabel = "EXTRA", arity = "0..*", description = "extras to add")
  List<String> extras = List.of();

  @Option(names = "--debug", description = "print stack traces")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this help")
  boolean help;

  private final Console console;

  DepsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    throw new UsageFailure("deps is not wired yet" + console.width());
  }
}

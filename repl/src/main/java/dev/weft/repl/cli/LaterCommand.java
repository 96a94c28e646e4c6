package dev.weft.repl.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** A subcommand that has a name and no work yet. */
@Command(description = "not available yet", hidden = true)
final class LaterCommand implements Callable<Integer> {

  static final List<String> NAMES = List.of("test", "lint");

  @Unmatched List<String> rest = List.of();

  private final String name;

  LaterCommand(String name) {
    this.name = name;
  }

  @Override
  public Integer call() {
    throw new UsageFailure("'weft " + name + "' is not available yet; see weft --help");
  }
}

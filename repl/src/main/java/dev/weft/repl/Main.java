package dev.weft.repl;

import dev.weft.repl.cli.Console;
import dev.weft.repl.cli.Platforms;
import dev.weft.repl.cli.WeftCommand;

/** Where the launcher enters Java; the only place that ends the process. */
public final class Main {

  private Main() {}

  /** Runs one command line and exits with its code. */
  public static void main(String[] arguments) {
    Console console = Console.system();
    int code = WeftCommand.line(console, new Platforms()).execute(arguments);
    console.flush();
    System.exit(code);
  }
}

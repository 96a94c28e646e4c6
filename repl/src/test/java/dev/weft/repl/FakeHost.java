package dev.weft.repl;

import dev.weft.engine.Session;
import dev.weft.repl.cli.Console;
import dev.weft.repl.cli.Host;
import dev.weft.repl.cli.WeftCommand;

/** Gives fake sessions; its main is the whole command line over them. */
public final class FakeHost implements Host {

  public static void main(String[] arguments) {
    Console console = Console.system();
    int code = WeftCommand.line(console, target -> new FakeHost()).execute(arguments);
    console.flush();
    System.exit(code);
  }

  @Override
  public Session newSession() {
    return new FakeSession();
  }

  @Override
  public void close() {}
}

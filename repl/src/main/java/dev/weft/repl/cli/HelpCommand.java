package dev.weft.repl.cli;

import dev.weft.grammar.Nearest;
import dev.weft.repl.help.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weft help TRAIN}: how a statement is written, or a subcommand is used. */
@Command(name = "help", description = "Explains a statement or a command.")
final class HelpCommand implements Callable<Integer> {

  @Parameters(paramLabel = "TOPIC", arity = "0..*", description = "such as TRAIN, SHOW MODELS, run")
  List<String> words = List.of();

  @Spec CommandSpec spec = CommandSpec.create();

  private final Console console;

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    CommandLine weft = spec.root().commandLine();
    if (words.isEmpty()) {
      weft.usage(weft.getOut());
      console.out().append("\nStatements: ").append(String.join(", ", Topics.names()));
      console.out().append("\n  weft help TRAIN explains one.\n");
      return 0;
    }
    String first = words.get(0).toLowerCase(Locale.ROOT);
    CommandLine command = weft.getSubcommands().get(first);
    if (command != null && !LaterCommand.NAMES.contains(first)) {
      command.usage(weft.getOut());
      if (Topics.commands().contains(first.toUpperCase(Locale.ROOT))) {
        console.out().append('\n').append(Topics.text(first).orElseThrow());
      }
      return 0;
    }
    String topic = String.join(" ", words);
    console.out().append(Topics.text(topic).orElseThrow(() -> unknown(topic, weft)));
    return 0;
  }

  private static UsageFailure unknown(String topic, CommandLine weft) {
    List<String> known = new ArrayList<>(Topics.names());
    known.addAll(weft.getSubcommands().keySet());
    return new UsageFailure(
        "there is no help on '" + topic + "'" + Nearest.hintOrList(topic, known));
  }
}

package dev.weft.repl.terminal;

import dev.weft.engine.Names;
import dev.weft.grammar.Nearest;
import dev.weft.planner.spi.Column;
import dev.weft.repl.help.Topics;
import dev.weft.repl.print.Format;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;

/** The commands of the terminal itself: a dot and a word, which may be cut short. */
final class MetaCommands {

  private static final List<String> NAMES =
      List.of(".help", ".tables", ".models", ".mode", ".timer", ".quit");

  private final PrintWriter out;
  private final Settings settings;

  MetaCommands(PrintWriter out, Settings settings) {
    this.out = out;
    this.settings = settings;
  }

  /** What they act on. */
  interface Settings {
    void mode(Format format);

    void timer(boolean on);

    void quit();

    Names names();
  }

  static List<String> names() {
    return NAMES;
  }

  /** Whether an entry is for the terminal and not a statement. */
  static boolean isOne(String entry) {
    String text = entry.strip().toLowerCase(Locale.ROOT);
    return text.startsWith(".")
        || List.of("help", "quit", "exit", "help;", "quit;", "exit;").contains(text);
  }

  /** What can follow a command. */
  static List<Candidate> arguments(String line) {
    String command = line.split("\\s+")[0];
    List<String> found = matching(command);
    return switch (found.size() == 1 ? found.get(0) : "") {
      case ".mode" -> Suggestions.words("formats", Format.labels());
      case ".timer" -> Suggestions.words("switch", List.of("on", "off"));
      case ".help" -> Suggestions.words("statements", Topics.names());
      default -> List.of();
    };
  }

  /** Does what the entry says. */
  void run(String entry) {
    String text = entry.strip().replaceAll(";$", "");
    String[] parts = (text.startsWith(".") ? text : "." + text).split("\\s+", 2);
    String word = parts[0].equalsIgnoreCase(".exit") ? ".quit" : parts[0];
    String argument = parts.length > 1 ? parts[1].strip() : "";
    List<String> found = matching(word);
    switch (found.size() == 1 ? found.get(0) : "") {
      case ".help" -> help(argument);
      case ".tables" -> tables();
      case ".models" -> models();
      case ".mode" -> mode(argument);
      case ".timer" -> timer(argument);
      case ".quit" -> settings.quit();
      default ->
          out.println("there is no command '" + word + "'" + Nearest.hintOrList(word, NAMES));
    }
    out.flush();
  }

  private static List<String> matching(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (NAMES.contains(lower)) {
      return List.of(lower);
    }
    return NAMES.stream().filter(name -> name.startsWith(lower) && lower.length() > 1).toList();
  }

  private void help(String topic) {
    if (!topic.isEmpty()) {
      out.print(
          Topics.text(topic)
              .orElseGet(
                  () ->
                      "there is no help on '"
                          + topic
                          + "'"
                          + Nearest.hintOrList(topic.toUpperCase(Locale.ROOT), Topics.names())
                          + "\n"));
      return;
    }
    out.println(
        """
        A statement runs when it ends with a semicolon. Tab completes, Ctrl-C cancels,
        Ctrl-D leaves.
          .help TRAIN      explains a statement: %s
          .tables          the tables and their columns
          .models          the models and their versions
          .mode FORMAT     how results are shown: %s
          .timer on|off    whether each statement's time is shown
          .quit            leaves"""
            .formatted(String.join(", ", Topics.names()), String.join(", ", Format.labels())));
  }

  private void tables() {
    settings.names().tables().forEach((name, columns) -> out.println(name + ": " + list(columns)));
  }

  private static String list(List<Column> columns) {
    return columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
  }

  private void models() {
    settings
        .names()
        .models()
        .forEach((name, versions) -> out.println(name + "@" + String.join(", @", versions)));
  }

  private void mode(String name) {
    Format.named(name)
        .ifPresentOrElse(
            settings::mode,
            () ->
                out.println(
                    "there is no format '"
                        + name
                        + "'"
                        + Nearest.hintOrList(name, Format.labels())));
  }

  private void timer(String state) {
    switch (state.toLowerCase(Locale.ROOT)) {
      case "on" -> settings.timer(true);
      case "off" -> settings.timer(false);
      default -> out.println(".timer takes on or off");
    }
  }
}

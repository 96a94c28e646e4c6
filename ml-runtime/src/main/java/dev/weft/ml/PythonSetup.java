package dev.weft.ml;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the Python environment ahead of need: {@code weft deps [torch …]}, and with {@code --dev
 * [--extras=torch,…] [command …]} what the repository's checks need, in which it then runs a
 * command; the extras go into the usual environment too.
 */
public final class PythonSetup {

  private static final String EXTRAS = "--extras=";

  private final RuntimeSettings settings;
  private final PrintStream out;

  public PythonSetup(RuntimeSettings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** For the build; fails by exception. */
  public static void main(String[] arguments) {
    RuntimeSettings settings = RuntimeSettings.of(Path.of(""), System.getenv());
    PythonSetup setup = new PythonSetup(settings, System.out);
    List<String> words = List.of(arguments);
    if (!words.isEmpty() && words.get(0).equals("--dev")) {
      setup.inDevelopment(setup.withExtrasNamed(words.subList(1, words.size())));
    } else {
      setup.withExtras(words);
    }
  }

  /** The extras there are, in the order of their names. */
  public List<String> extras() {
    return PythonEnvironment.runtime(settings).extras();
  }

  /** Makes the environment and adds extras to it; gives its Python. */
  public Path withExtras(List<String> extras) {
    PythonEnvironment environment = PythonEnvironment.runtime(settings);
    Consumer<String> lines = out::println;
    Path python = environment.python(lines);
    extras.forEach(extra -> environment.add(extra, lines));
    return python;
  }

  /** Adds what the first word names; gives the others. */
  private List<String> withExtrasNamed(List<String> words) {
    if (words.isEmpty() || !words.get(0).startsWith(EXTRAS)) {
      return words;
    }
    String names = words.get(0).substring(EXTRAS.length());
    List<String> extras = Stream.of(names.split(",")).filter(name -> !name.isEmpty()).toList();
    if (!extras.isEmpty()) {
      Path unused = withExtras(extras);
      PythonEnvironment development = PythonEnvironment.development(settings);
      extras.forEach(extra -> development.add(extra, out::println));
    }
    return words.subList(1, words.size());
  }

  /** Makes the development environment and runs a command with it first on the path. */
  public void inDevelopment(List<String> command) {
    Path python = PythonEnvironment.development(settings).python(out::println);
    if (command.isEmpty()) {
      out.println(python);
      return;
    }
    int code = run(command, python);
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
  }

  private int run(List<String> command, Path python) {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).inheritIO();
    Map<String, String> variables = builder.environment();
    Path bin = python.toAbsolutePath().getParent();
    variables.put("PATH", bin + java.io.File.pathSeparator + variables.getOrDefault("PATH", ""));
    variables.put("WEFT_HOME", settings.home().toString());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("'%s' cannot be run".formatted(command.get(0)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }
}

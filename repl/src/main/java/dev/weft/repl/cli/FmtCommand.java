package dev.weft.repl.cli;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode.Blame;
import dev.weft.grammar.ScriptFormatter;
import dev.weft.grammar.WeftException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft fmt FILE…}: scripts in the house style, in place. */
@Command(
    name = "fmt",
    description =
        "Writes scripts in the house style: keywords small, clauses on lines, at most 100 characters.",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class FmtCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "scripts; - is standard input, to standard output")
  List<String> files = List.of();

  @Option(
      names = "--check",
      description = "write nothing; name the files that would change, and exit with 4 if any")
  boolean check;

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;

  FmtCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<ScriptFile> scripts = files.stream().map(ScriptFile::read).toList();
    List<Diagnostic> errors = new ArrayList<>();
    int changed = 0;
    for (ScriptFile script : scripts) {
      try {
        changed += one(script) ? 1 : 0;
      } catch (WeftException wrong) {
        errors.addAll(wrong.diagnostics());
      }
    }
    console.flush();
    if (!errors.isEmpty()) {
      return new ErrorReport(console.err(), common.debug).print(errors);
    }
    return check && changed > 0 ? Blame.ASSERTION.exitCode() : 0;
  }

  /** Whether the file is or would be changed. */
  private boolean one(ScriptFile script) throws IOException {
    String name = script.source().name();
    String text = ScriptFormatter.format(script.source());
    boolean changes = !text.equals(script.source().text());
    if (name.startsWith("<") && !check) {
      console.out().write(text);
    } else if (changes && check) {
      console.err().println(name + " would change");
    } else if (changes) {
      try {
        write(Path.of(name).toRealPath(), text);
      } catch (IOException refused) {
        throw new UsageFailure(
            "the file '" + name + "' cannot be written: " + refused.getMessage());
      }
      console.err().println(name + " formatted");
    }
    return changes;
  }

  /** Whole or not at all: a file beside it takes its place. */
  private static void write(Path file, String text) throws IOException {
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".weft-fmt", ".tmp");
    try {
      Files.writeString(draft, text);
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      Files.setPosixFilePermissions(draft, permissions);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException refused) {
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}

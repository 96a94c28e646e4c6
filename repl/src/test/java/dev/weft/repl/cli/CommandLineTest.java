package dev.weft.repl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.repl.FakeHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

  private final Path folder;
  private final StringWriter out = new StringWriter();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  CommandLineTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int weft(String... arguments) {
    return weft(target -> new FakeHost(), arguments);
  }

  private int weft(Host.Opener opener, String... arguments) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(out, stream, List.of(), 80);
    return WeftCommand.line(console, opener).execute(arguments);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String script(String text) throws IOException {
    return Files.writeString(folder.resolve("s.weft"), text).toString();
  }

  @Test
  void resultsGoToStdoutAndOutcomesToStderr() {
    assertThat(weft("-e", "select 2; make it")).isZero();
    assertThat(out).hasToString("n\n1\n2\n");
    assertThat(err())
        .contains("[1/2] select 2: done (0.1 s)")
        .endsWith("  model m@1  .weft/models/m/1\n");
  }

  @Test
  void formatIsChosenByName() {
    assertThat(weft("-e", "select 1", "--format", "JSON")).isZero();
    assertThat(out).hasToString("{\"n\":1}\n");
  }

  @Test
  void unknownFormatNamesTheNearest() {
    assertThat(weft("-e", "select 1", "--format", "jsn")).isEqualTo(2);
    assertThat(err()).contains("did you mean 'json'?");
  }

  @Test
  void failuresHaveTheExitCodesOfTheCard() throws IOException {
    assertThat(weft("run", script("fail;"))).isEqualTo(1);
    assertThat(weft("run", script("missing;"))).isEqualTo(3);
    assertThat(weft("run", script("assert;"))).isEqualTo(4);
    assertThat(weft("run", script("crash;"))).isEqualTo(70);
    assertThat(weft("run", script(""))).isEqualTo(3);
    assertThat(weft("run", folder.resolve("none.weft").toString())).isEqualTo(2);
    assertThat(weft("run")).isEqualTo(2);
    assertThat(weft("lint", "x.weft")).isEqualTo(2);
    assertThat(weft("-e", "select 1", "--param", "a")).isEqualTo(2);
    assertThat(weft("--nothing")).isEqualTo(2);
  }

  @Test
  void connectionFailuresAreFive() {
    Host.Opener opener =
        target -> {
          Span nowhere = Span.all(new Source(Source.COMMAND, ""));
          throw ErrorCode.CONNECTION_FAILED.failure(nowhere, "nobody answers");
        };
    assertThat(weft(opener, "-e", "select 1", "--connect", "x")).isEqualTo(5);
    assertThat(err()).isEqualTo("weft: error CONNECTION_FAILED: nobody answers\n");
  }

  @Test
  void errorsShowTheLineAndACaretAndNoStackTrace() throws IOException {
    weft("run", script("select 1;\nmissing t;"));
    assertThat(err()).contains("s.weft:2:1: error TABLE_NOT_FOUND", "\nmissing t;\n^");
    assertThat(out.toString()).isEmpty();
    weft("-e", "crash");
    assertThat(err()).contains("error INTERNAL").doesNotContain("\tat ");
    weft("-e", "crash", "--debug");
    assertThat(err()).contains("\tat ");
  }

  @Test
  void textThatIsNotUtf8IsRefusedWithItsPlace() throws IOException {
    Path file = Files.write(folder.resolve("l.weft"), new byte[] {'a', '\n', 'b', (byte) 0xe9});
    assertThat(weft("run", file.toString())).isEqualTo(3);
    assertThat(err()).contains("l.weft:2:2: error NOT_UTF8").contains("byte 4");
  }

  @Test
  void missingFileNamesItsNeighbour() throws IOException {
    script("select 1;");
    weft("run", folder.resolve("s.wft").toString());
    assertThat(err()).contains("did you mean 's.weft'?");
  }

  @Test
  void checkRunsNothing() throws IOException {
    assertThat(weft("check", script("crash;"))).isZero();
    assertThat(weft("check", script("missing;"))).isEqualTo(3);
  }

  @Test
  void fmtWritesInPlaceAndCheckOnlyTells() throws IOException {
    String file = script("SELECT  1;");
    assertThat(weft("fmt", "--check", file)).isEqualTo(4);
    assertThat(err()).contains("s.weft would change");
    assertThat(Files.readString(Path.of(file))).isEqualTo("SELECT  1;");
    assertThat(weft("fmt", file)).isZero();
    assertThat(Files.readString(Path.of(file))).isEqualTo("select 1;\n");
    assertThat(weft("fmt", "--check", file)).isZero();
  }

  @Test
  void fmtReadsFilesOfAnyMake() throws IOException {
    String file = script("\uFEFFSELECT  1;\r\n-- done\r\nINSERT INTO t\r\nSELECT 2");
    assertThat(weft("fmt", file)).isZero();
    assertThat(Files.readString(Path.of(file)))
        .isEqualTo("select 1;\n-- done\ninsert into t select 2\n");
    String empty = script("");
    assertThat(weft("fmt", "--check", empty)).isZero();
    assertThat(weft("fmt", empty)).isZero();
    assertThat(Files.readString(Path.of(empty))).isEmpty();
    Files.write(Path.of(file), new byte[] {'s', (byte) 0xff, ';'});
    assertThat(weft("fmt", file)).isEqualTo(3);
    assertThat(err()).contains("error NOT_UTF8");
    assertThat(weft("fmt", folder.toString())).isEqualTo(2);
    assertThat(weft("fmt", folder.resolve("none.weft").toString())).isEqualTo(2);
    assertThat(err()).contains("is a folder; name the script in it", "there is no file");
  }

  @Test
  void fmtLeavesAFileWithErrorsAlone() throws IOException {
    String file = script("SELECT 1; selct 2;");
    assertThat(weft("fmt", file)).isEqualTo(3);
    assertThat(err()).contains("s.weft:1:11: error SYNTAX", "did you mean 'SELECT'?");
    assertThat(Files.readString(Path.of(file))).isEqualTo("SELECT 1; selct 2;");
  }

  @Test
  void scriptsOfTwoProjectsDoNotRunTogether() throws IOException {
    Path one = Files.createDirectories(folder.resolve("one/.weft")).resolveSibling("a.weft");
    Path two = Files.createDirectories(folder.resolve("two/.weft")).resolveSibling("b.weft");
    Files.writeString(one, "select 1;");
    Files.writeString(two, "select 1;");
    assertThat(weft("run", one.toString(), two.toString())).isEqualTo(2);
    assertThat(weft("run", one.toString(), two.toString(), "--project", folder.toString()))
        .isZero();
  }

  @Test
  void helpExplainsStatementsAndCommands() {
    assertThat(weft("help", "train")).isZero();
    assertThat(weft("help", "run")).isZero();
    assertThat(out.toString()).contains("SPLIT fraction", "weft run");
    assertThat(weft("help", "tran")).isEqualTo(2);
    assertThat(err()).contains("did you mean 'TRAIN'?");
  }
}

package dev.weft.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.repl.FakeHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Types into a real terminal; the engine behind it is a fake. */
@EnabledIf("dev.weft.repl.terminal.Tmux#isInstalled")
class ReplTest {

  private static final String OPEN = "--add-opens=java.base/java.nio=ALL-UNNAMED";

  private final Path folder;
  private final Tmux terminal;

  ReplTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path arguments =
        Files.writeString(folder.resolve("args"), OPEN + "\n-cp\n\"" + classPath + "\"\n");
    String command =
        "cd '%s'; HOME='%s' '%s/bin/java' -Xshare:auto -Dweft.terminals=in,out,err -Dweft.columns=100 '@%s' %s; echo left=$?; exec sleep 60"
            .formatted(
                folder,
                folder,
                System.getProperty("java.home"),
                arguments,
                FakeHost.class.getName());
    terminal = new Tmux(folder, command);
    terminal.waitFor("weft>");
  }

  @AfterEach
  void close() {
    terminal.close();
  }

  @Test
  void entryRunsWhenItsStatementIsComplete() {
    terminal.type("select");
    terminal.press("Enter");
    terminal.waitFor("   ->");
    terminal.type("2;");
    terminal.press("Enter");
    assertThat(terminal.waitFor("2 rows")).contains("│   n │", "│ int │", "│   2 │");
    assertThat(terminal.waitFor("(0.1 s)")).contains("done (0.1 s)");
  }

  @Test
  void progressMakesRoomForTheTable() {
    terminal.type("slow 2;");
    terminal.press("Enter");
    terminal.waitFor("slow 2 (");
    assertThat(terminal.waitFor("2 rows").lines())
        .contains("┌─────┐")
        .noneMatch(line -> line.startsWith("slow 2"));
  }

  @Test
  void progressSaysHowLongTheRestWillTake() {
    terminal.type("learn;");
    terminal.press("Enter");
    assertThat(terminal.waitFor("left"))
        .contains("learn: training 30/100 iterations, auc 0.9100, 1 min 35 s left (");
    terminal.press("C-c");
    terminal.waitFor("CANCELLED");
  }

  @Test
  void tabCompletes() {
    terminal.type("select * from fl");
    terminal.press("Tab");
    assertThat(terminal.waitFor("flights")).contains("from flights");
  }

  @Test
  void interruptCancelsTheStatementAndKeepsTheSession() {
    terminal.type("wait;");
    terminal.press("Enter");
    terminal.waitFor("wait (");
    terminal.press("C-c");
    assertThat(terminal.waitFor("CANCELLED")).contains("the statement was cancelled");
    terminal.type("select 1;");
    terminal.press("Enter");
    assertThat(terminal.waitFor("1 row")).contains("1 row");
  }

  @Test
  void interruptAtThePromptClearsTheLineAndEndOfFileLeaves() {
    terminal.type("select nonsense");
    terminal.press("C-c");
    terminal.waitFor(screen -> screen.lines().filter(l -> l.startsWith("weft>")).count() == 2);
    terminal.press("C-d");
    assertThat(terminal.waitFor("left=")).contains("left=0");
  }

  @Test
  void errorsShowACaretAndTheTerminalStays() {
    terminal.type("missing t;");
    terminal.press("Enter");
    assertThat(terminal.waitFor("TABLE_NOT_FOUND")).contains("missing t;\n^");
    terminal.type(".mode json");
    terminal.press("Enter");
    terminal.type("select 1;");
    terminal.press("Enter");
    assertThat(terminal.waitFor("{\"n\":1}")).contains("{\"n\":1}");
  }

  @Test
  void historyKeepsEntriesButNoSecrets() throws IOException {
    terminal.type("select 1;");
    terminal.press("Enter");
    terminal.waitFor("1 row");
    terminal.type("set password = 'x';");
    terminal.press("Enter");
    terminal.waitFor("note: set");
    terminal.press("C-d");
    terminal.waitFor("left=0");
    assertThat(Files.readString(folder.resolve(".local/state/weft/history")))
        .contains("select 1;")
        .doesNotContain("password");
  }
}

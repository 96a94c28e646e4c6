package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.engine.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every file of {@code scripts/} over sessions of one kind. The two kinds run in JVMs of their own
 * at the same time, so each has a folder of its own, in which the data is linked. Files that say
 * {@code -- long} run one way only, unless they are asked for or updated, and with {@code -Pfull}.
 */
final class ScriptFiles implements AutoCloseable {

  private static final Path SCRIPTS = Path.of("scripts").toAbsolutePath();

  private final Flavour flavour;
  private final Path folder;
  private final Requirement requirement;
  private final Stage stage;

  ScriptFiles(Flavour flavour) {
    this.flavour = flavour;
    this.folder = Path.of("target", flavour.name().toLowerCase(Locale.ROOT)).toAbsolutePath();
    Path project = folder.resolve("target/project");
    this.requirement = Requirement.ofThisRun(project);
    this.stage = new Stage(project);
  }

  /** A test for each file. */
  Stream<DynamicTest> tests() throws IOException {
    Files.createDirectories(folder);
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      Files.createSymbolicLink(data, Path.of("data").toAbsolutePath());
    }
    List<Path> files = all().toList();
    List<Path> turns = files.stream().filter(file -> TestFile.read(file).isLong()).toList();
    return files.stream()
        .map(
            file ->
                dynamicTest(
                    SCRIPTS.relativize(file).toString(), () -> check(file, turns.indexOf(file))));
  }

  /** The files, or those of them that were asked for. */
  static Stream<Path> all() throws IOException {
    String wanted = wanted();
    try (Stream<Path> files = Files.walk(SCRIPTS)) {
      List<Path> found =
          files
              .filter(file -> file.toString().endsWith(".test"))
              .filter(file -> Stream.of(wanted.split(",", -1)).anyMatch(file.toString()::contains))
              .sorted()
              .toList();
      return found.stream();
    }
  }

  /** Whether a file is about what goes wrong. */
  static boolean isOfErrors(Path file) {
    return SCRIPTS.relativize(file).startsWith("errors");
  }

  /** Parts of the paths of the files to run, between commas; empty for all of them. */
  static String wanted() {
    String only = System.getProperty("scripts.only", "");
    return only.startsWith("$") ? "" : only;
  }

  /** Whether the answers are written into the files instead of held against them. */
  static boolean updates() {
    return Boolean.getBoolean("scripts.update");
  }

  @Override
  public void close() {
    stage.close();
  }

  /**
   * Runs a file and holds its answers against it.
   *
   * @param turn its place among those that take long, which run one way in turn; -1 for others
   */
  private void check(Path file, int turn) throws IOException {
    TestFile test = TestFile.read(file);
    requirement.missing(test).ifPresent(why -> leaveOut(file, why));
    if (turn >= 0 && turn % 2 == (flavour == Flavour.EMBEDDED ? 1 : 0) && !runsLong()) {
      leaveOut(file, "takes long: it runs the other way alone, with -Pfull both ways");
    }
    stage.clear(folder.resolve("target/out"));
    try (Session session = stage.open(flavour)) {
      BlockRunner runner = new BlockRunner(session, folder);
      TestFile answered = test.answering(test.blocks().stream().map(runner::run).toList());
      if (updates()) {
        Files.writeString(file, answered.text());
      } else {
        assertThat(answered.text()).isEqualTo(test.text());
      }
    }
  }

  private static boolean runsLong() {
    return Boolean.getBoolean("weft.full") || updates() || !wanted().isEmpty();
  }

  private static void leaveOut(Path file, String why) {
    String line = SCRIPTS.relativize(file) + " is left out: it " + why;
    System.err.println(line);
    Assumptions.abort(line);
  }
}

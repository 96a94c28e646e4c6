package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.engine.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every file of {@code scripts/}, embedded and then over Flight SQL, which is held against what
 * updating has just written. Files that say {@code -- long} run embedded when they are asked for,
 * when they are updated, and with {@code -Pfull}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScriptFilesTest {

  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final Path SCRIPTS = FOLDER.resolve("scripts");
  private static final Stage STAGE = new Stage(FOLDER.resolve("target/project"));

  private static final Requirement REQUIREMENT =
      Requirement.ofThisRun(FOLDER.resolve("target/project"));

  /** Updating writes what the embedded run answers. */
  private static final boolean EVERYTHING =
      Boolean.getBoolean("weft.full")
          || Boolean.getBoolean("scripts.update")
          || !wanted().isEmpty();

  @AfterAll
  static void close() {
    STAGE.close();
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> embedded() throws IOException {
    return tests("embedded", Flavour.EMBEDDED);
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> flight() throws IOException {
    return tests("flight", Flavour.FLIGHT);
  }

  /** The experience of errors is tested as much as success. */
  @Test
  void errorFilesAreAsManyAsTheOthers() throws IOException {
    assumeTrue(wanted().isEmpty(), "only some files were asked for");
    long errors =
        files().map(SCRIPTS::relativize).filter(file -> file.startsWith("errors")).count();
    assertThat(errors).isGreaterThanOrEqualTo(files().count() - errors);
  }

  private static Stream<DynamicTest> tests(String name, Flavour flavour) throws IOException {
    return files()
        .map(
            file -> dynamicTest(name + " " + SCRIPTS.relativize(file), () -> check(file, flavour)));
  }

  /** Parts of the paths of the files to run, between commas; empty for all of them. */
  private static String wanted() {
    String only = System.getProperty("scripts.only", "");
    return only.startsWith("$") ? "" : only;
  }

  private static Stream<Path> files() throws IOException {
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

  private static void check(Path file, Flavour flavour) throws IOException {
    TestFile test = TestFile.read(file);
    REQUIREMENT.missing(test).ifPresent(why -> leaveOut(file, why));
    if (test.isLong() && flavour == Flavour.EMBEDDED && !EVERYTHING) {
      leaveOut(file, "trains for long: here it runs over Flight alone, with -Pfull both ways");
    }
    STAGE.clear(FOLDER.resolve("target/out"));
    try (Session session = STAGE.open(flavour)) {
      BlockRunner runner = new BlockRunner(session, FOLDER);
      TestFile answered = test.answering(test.blocks().stream().map(runner::run).toList());
      if (Boolean.getBoolean("scripts.update") && flavour == Flavour.EMBEDDED) {
        Files.writeString(file, answered.text());
      } else {
        assertThat(answered.text()).isEqualTo(test.text());
      }
    }
  }

  private static void leaveOut(Path file, String why) {
    String line = SCRIPTS.relativize(file) + " is left out: it " + why;
    System.err.println(line);
    Assumptions.abort(line);
  }
}

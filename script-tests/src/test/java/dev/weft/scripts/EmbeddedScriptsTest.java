package dev.weft.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files of {@code scripts/} in this process. */
class EmbeddedScriptsTest {

  private static final ScriptFiles FILES = new ScriptFiles(Flavour.EMBEDDED);

  @AfterAll
  static void close() {
    FILES.close();
  }

  @TestFactory
  Stream<DynamicTest> embedded() throws IOException {
    return FILES.tests();
  }

  /** The experience of errors is tested as much as success. */
  @Test
  void errorFilesAreAsManyAsTheOthers() throws IOException {
    assumeTrue(ScriptFiles.wanted().isEmpty(), "only some files were asked for");
    long errors = ScriptFiles.all().filter(ScriptFiles::isOfErrors).count();
    assertThat(errors).isGreaterThanOrEqualTo(ScriptFiles.all().count() - errors);
  }
}

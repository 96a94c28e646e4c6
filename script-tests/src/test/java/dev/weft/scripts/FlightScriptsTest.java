package dev.weft.scripts;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The files of {@code scripts/} over Flight SQL. */
class FlightScriptsTest {

  private static final ScriptFiles FILES = new ScriptFiles(Flavour.FLIGHT);

  @AfterAll
  static void close() {
    FILES.close();
  }

  @TestFactory
  Stream<DynamicTest> flight() throws IOException {
    assumeFalse(ScriptFiles.updates(), "what embedded sessions answer is being written");
    return FILES.tests();
  }
}

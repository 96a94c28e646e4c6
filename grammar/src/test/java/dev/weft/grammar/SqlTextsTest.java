package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.weft.grammar.ast.Query;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Other people's SQL, and a file of our own with one statement of everything. */
class SqlTextsTest {

  @TestFactory
  Stream<DynamicTest> benchmarkQueriesParse() throws IOException {
    return Stream.concat(texts("tpcds"), texts("tpch"));
  }

  @Test
  void ourOwnStatementsParse() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(getClass().getResourceAsStream("statements.sql"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      ParsedScript parsed = ScriptParser.parse(new Source("statements.sql", text));
      assertThat(parsed.errors()).isEmpty();
      assertThat(parsed.script().statements())
          .hasSizeGreaterThan(200)
          .allMatch(Query.class::isInstance);
    }
  }

  @Test
  void aMegabyteOfStatementsParses() {
    String statements =
        "select a.x, b.y + 1 as z, sum(c) over (partition by d order by e) from t1 a join t2 b on"
            + " a.id = b.id where a.x > 5 and b.y in (1, 2, 3) or upper(name) like 'a%';\n"
            + "train t as lightgbm.m label y where num_leaves = 31 split 0.2;\n";
    String text = statements.repeat(ScriptParser.MAX_LENGTH / statements.length());
    assertThat(Scripts.errors(text)).isEmpty();
  }

  private static Stream<DynamicTest> texts(String folder) throws IOException {
    ClassLoader loader = SqlTextsTest.class.getClassLoader();
    URL first = Objects.requireNonNull(loader.getResource(folder + "/q1.sql"));
    try (JarFile jar = ((JarURLConnection) first.openConnection()).getJarFile()) {
      List<String> names =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith(folder + "/") && name.endsWith(".sql"))
              .toList();
      assertThat(names).hasSizeGreaterThan(20);
      return names.stream().map(name -> dynamicTest(name, () -> parses(loader, name)));
    }
  }

  private static void parses(ClassLoader loader, String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(loader.getResourceAsStream(name))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(ScriptParser.parse(new Source(name, text)).errors()).isEmpty();
    }
  }
}

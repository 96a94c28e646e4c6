package dev.weft.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * Formatting keeps the trees of other people's statements: the texts of TPC-H and TPC-DS, and those
 * of Spark's SQL tests whose files' names begin with a to m; the others are kept to measure with.
 */
class FormattedCorpusTest {

  /** A build without -Pfull takes one of so many files. */
  private static final int ONE_OF = Boolean.getBoolean("weft.full") ? 1 : 5;

  private static final ClassLoader LOADER = FormattedCorpusTest.class.getClassLoader();

  @Test
  void benchmarkTexts() throws IOException {
    int statements = 0;
    for (String folder : List.of("tpch/", "tpcds/")) {
      for (String name : names(folder)) {
        FormattedText.staysWhatItIs(new Source(name, text(name)), name);
        statements++;
      }
    }
    assertThat(statements).isGreaterThan(120);
  }

  @Test
  void sparksOwnTests() throws IOException {
    int read = 0;
    int laidOut = 0;
    int refused = 0;
    List<String> names = names("sql-tests/inputs/");
    for (int i = 0; i < names.size(); i += ONE_OF) {
      String name = names.get(i);
      Source file = new Source(name, text(name));
      for (Span span : StatementSplitter.split(file)) {
        Source one = new Source(name, file.text().substring(span.start(), span.end()));
        if (ScriptParser.parse(one).errors().isEmpty()) {
          read++;
          FormattedText.staysWhatItIs(one, name);
          laidOut += Shape.of(one).isPresent() ? 1 : 0;
        } else {
          refused++;
        }
      }
      if (ScriptParser.parse(file).errors().isEmpty()) {
        FormattedText.staysWhatItIs(file, name);
      }
    }
    System.err.printf(
        "%d statements of Spark's tests formatted, %d of them laid out; %d not read%n",
        read, laidOut, refused);
    assertThat(read).isGreaterThan(5_000 / ONE_OF);
    assertThat(laidOut).isGreaterThan(4_000 / ONE_OF);
  }

  private static List<String> names(String folder) throws IOException {
    URL some = Objects.requireNonNull(LOADER.getResource(folder));
    try (JarFile jar = ((JarURLConnection) some.openConnection()).getJarFile()) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(folder) && name.endsWith(".sql"))
          .filter(name -> folder.startsWith("tpc") || isOpen(name))
          .sorted()
          .toList();
    }
  }

  private static boolean isOpen(String path) {
    char first = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).charAt(0);
    return first >= 'a' && first <= 'm';
  }

  private static String text(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(LOADER.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weft.grammar.ParsedScript;
import dev.weft.grammar.ScriptFormatter;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.execution.SparkSqlParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of statement that Spark's parser takes, one a line: ours takes it as one statement. */
class SparkStatementsTest {

  private final SparkSqlParser spark = new SparkSqlParser();

  static List<String> statements() throws IOException {
    try (InputStream file = SparkStatementsTest.class.getResourceAsStream("statements.txt")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void whatSparkTakesIsTaken(String text) {
    assertThatCode(() -> spark.parsePlan(text)).doesNotThrowAnyException();
    ParsedScript read = ScriptParser.parse(new Source("s.weft", text));
    assertThat(read.errors()).isEmpty();
    assertThat(read.script().statements()).hasSize(1);
    String formatted = ScriptFormatter.format(new Source("s.weft", text));
    assertThatCode(() -> spark.parsePlan(formatted.strip().replaceFirst(";$", "")))
        .doesNotThrowAnyException();
    assertThat(ScriptFormatter.format(new Source("s.weft", formatted))).isEqualTo(formatted);
  }
}

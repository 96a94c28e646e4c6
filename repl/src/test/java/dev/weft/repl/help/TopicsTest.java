package dev.weft.repl.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

  static java.util.List<String> topics() {
    return Topics.names();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void examplesParse(String topic) {
    String text = Topics.text(topic).orElseThrow();
    String examples =
        text.lines()
            .dropWhile(line -> !line.isEmpty())
            .filter(line -> line.startsWith("  "))
            .collect(Collectors.joining("\n"));
    assertThat(examples).endsWith(";");
    assertThat(ScriptParser.parse(new Source(topic, examples)).errors()).isEmpty();
  }

  @Test
  void severalWordsFindTheirStatement() {
    assertThat(Topics.text("show models")).isEqualTo(Topics.text("SHOW"));
    assertThat(Topics.text("nothing")).isEmpty();
  }
}

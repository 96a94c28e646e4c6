package dev.weft.repl.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

  static java.util.List<String> topics() {
    return Stream.concat(Topics.names().stream(), Topics.commands().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void examplesParse(String topic) {
    String text = Topics.text(topic).orElseThrow();
    // Indented paragraphs are examples when they end as statements do, else lists of options.
    String examples =
        Stream.of(text.split("\n\n"))
            .filter(part -> part.lines().allMatch(line -> line.startsWith("  ")))
            .filter(part -> part.strip().endsWith(";"))
            .collect(Collectors.joining("\n"));
    assertThat(examples).isNotEmpty();
    assertThat(ScriptParser.parse(new Source(topic, examples)).errors()).isEmpty();
  }

  @Test
  void severalWordsFindTheirStatement() {
    assertThat(Topics.text("show models")).isEqualTo(Topics.text("SHOW"));
    assertThat(Topics.text("merge into")).isEqualTo(Topics.text("INSERT"));
    assertThat(Topics.text("alter table")).isEqualTo(Topics.text("DROP"));
    assertThat(Topics.text("nothing")).isEmpty();
  }
}

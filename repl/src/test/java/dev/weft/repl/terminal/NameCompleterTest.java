package dev.weft.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.repl.FakeSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameCompleterTest {

  private final Path folder;

  NameCompleterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** What is offered at the caret, narrowed to what starts with the word there. */
  private List<String> at(String text) {
    int cursor = text.indexOf('^');
    Word word = Word.at(text.replace("^", ""), cursor);
    NameCompleter completer =
        new NameCompleter(() -> Optional.of(new FakeSession().names()), folder);
    return completer.suggestions(word).stream()
        .map(Candidate::value)
        .filter(value -> value.startsWith(word.word()))
        .toList();
  }

  @Test
  void statementsStartWithKeywordsInTheCaseTyped() {
    assertThat(at("tr^")).containsExactly("train");
    assertThat(at("TR^")).containsExactly("TRAIN");
    assertThat(at("select 1; sa^")).containsExactly("save");
  }

  @Test
  void tablesFollowFromAndTrain() {
    assertThat(at("select * from fl^")).containsExactly("flights");
    assertThat(at("train ^")).containsExactly("airports", "flights");
    assertThat(at("save overwrite f^")).containsExactly("flights");
    assertThat(at("select * from predict(model late_flights, table f^")).containsExactly("flights");
  }

  @Test
  void columnsKnowTheirAlias() {
    assertThat(at("select f.^ from flights as f")).containsExactly("origin", "delay");
    assertThat(at("select * from flights f join airports a on a.^")).containsExactly("state");
    assertThat(at("select or^ from flights")).contains("origin");
    assertThat(at("select * from flights where del^")).contains("delay");
  }

  @Test
  void trainingOffersAlgorithmsLabelsAndOptions() {
    assertThat(at("train flights as l^")).containsExactly("lightgbm");
    assertThat(at("train flights as lightgbm.m label ^")).containsExactly("origin", "delay");
    assertThat(at("train flights as lightgbm.m label delay where num_l^"))
        .containsExactly("num_leaves");
    assertThat(at("train flights as lightgbm.m options (num_i^")).containsExactly("num_iterations");
    assertThat(at("train flights as lightgbm.m la^")).containsExactly("label");
  }

  @Test
  void modelsAndVersionsFollowTheirWords() {
    assertThat(at("describe model l^")).containsExactly("late_flights");
    assertThat(at("serve late_flights@^")).containsExactly("1", "2", "prod");
    assertThat(at("unserve ^")).containsExactly("late_api");
    assertThat(at("load c^")).containsExactly("csv");
    assertThat(at("set w^")).containsExactly("weft.planner", "weft.timeout");
    assertThat(at("set weft.t^")).containsExactly("timeout");
  }

  @Test
  void filesHaveFormatsOptionsAndClauses() {
    assertThat(at("load csv.`a.csv` ^")).containsExactly("where", "and", "as");
    assertThat(at("load csv.`a.csv` where ^")).containsExactly("header", "sep");
    assertThat(at("load CSV.`a.csv` where sep = ';' and h^")).containsExactly("header");
    assertThat(at("load json.`a` where m^")).containsExactly("multiLine");
    assertThat(at("load avro.`a` where ^")).isEmpty();
    assertThat(at("save over^")).containsExactly("overwrite");
    assertThat(at("save flights as j^")).containsExactly("json");
    assertThat(at("save flights as csv.`out` where h^")).containsExactly("header");
    assertThat(at("save flights as csv.`out` partition by or^")).containsExactly("origin");
  }

  @Test
  void functionsAreOfferedInExpressions() {
    assertThat(at("select av^")).contains("avg");
    assertThat(at("select * from flights where up^")).contains("upper");
  }

  @Test
  void keywordsAreThoseThatTheGrammarLetsFollow() {
    assertThat(at("select origin from flights gr^")).containsExactly("group");
    assertThat(at("select origin from flights group ^")).containsExactly("by");
    assertThat(at("select origin from flights limit 3 ^")).doesNotContain("where", "avg", "origin");
    assertThat(at("SELECT origin FROM flights WHERE delay BE^")).containsExactly("BETWEEN");
    assertThat(at("merge into flights using airports on state = origin when ma^"))
        .containsExactly("matched");
    assertThat(at("declare ^")).containsExactly("param");
  }

  @Test
  void parametersFollowTheirColon() {
    assertThat(at("select * from flights where delay > :^")).containsExactly("since", "until");
    assertThat(at("select :s^ from flights")).containsExactly("since");
  }

  @Test
  void pathsAreOfferedInsideQuotes() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/flights.csv"), "a");
    assertThat(at("load csv.`da^")).containsExactly("data/");
    assertThat(at("load csv.`data/fl^")).containsExactly("data/flights.csv`");
    assertThat(at("include 'data/^")).containsExactly("data/flights.csv'");
  }

  @Test
  void dotCommandsCompleteTheirArguments() {
    assertThat(at(".m^")).containsExactly(".mode", ".models");
    assertThat(at(".mode v^")).containsExactly("vertical");
  }
}

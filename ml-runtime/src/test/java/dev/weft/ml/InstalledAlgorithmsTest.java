package dev.weft.ml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.spi.ModelSignature.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With folders as pip leaves them. */
class InstalledAlgorithmsTest {

  private static final String JSON =
      """
      {"name": "mine", "aliases": ["Mine"], "where": "ray", "tasks": ["regression"],
       "doc": "Mine.", "without": ["class_weight"],
       "options": [{"name": "k", "type": "integer", "default": 3, "doc": "How many."}]}
      """;

  @TempDir Path site;

  @BeforeEach
  void install() throws IOException {
    entries("[console_scripts]\nother = a.b:C\n[weft.algorithms]\nmine = pack.mine:Mine\n");
    declare(JSON);
  }

  @Test
  void itIsReadWithTheOptionsOfAll() {
    AlgorithmDeclaration found = find().orElseThrow();

    assertThat(found.problem()).isEmpty();
    assertThat(found.tasks()).containsExactly(Task.REGRESSION);
    assertThat(found.options())
        .extracting(AlgorithmDeclaration.OptionDeclaration::name)
        .contains("k", "cv_folds")
        .doesNotContain("class_weight");
  }

  @Test
  void itComesBehindOurs() {
    List<AlgorithmDeclaration> all = AlgorithmFiles.read(settings());
    assertThat(all.get(0).name()).isEqualTo("lightgbm");
    assertThat(all.get(all.size() - 1).name()).isEqualTo("mine");
  }

  @Test
  void withoutItsFileItSaysSo() throws IOException {
    Files.delete(site.resolve("pack/mine.json"));
    assertThat(problem()).contains("no file 'pack/mine.json'", "entry_points.txt");
  }

  @Test
  void whatIsNoJsonIsToldWithTheFile() throws IOException {
    declare("{\"name\": ");
    assertThat(problem()).contains("mine.json' is no declaration");
  }

  @Test
  void anotherNameIsTold() throws IOException {
    declare(JSON.replace("\"mine\"", "\"yours\""));
    assertThat(problem()).contains("declares 'yours', and the entry point is 'mine'");
  }

  @Test
  void anotherPlaceThanRayIsTold() throws IOException {
    declare(JSON.replace("\"ray\"", "\"spark\""));
    assertThat(problem()).contains("says where 'spark'");
  }

  @Test
  void withoutATaskItCannotBeUsed() throws IOException {
    declare(JSON.replace("\"regression\"", ""));
    assertThat(problem()).contains("names no task");
  }

  @Test
  void otherGroupsAreNone() throws IOException {
    entries("[other.algorithms]\nmine = pack.mine:Mine\n");
    assertThat(find()).isEmpty();
  }

  private void entries(String text) throws IOException {
    Path info = Files.createDirectories(site.resolve("mine-1.0.dist-info"));
    Files.writeString(info.resolve("entry_points.txt"), text);
  }

  private void declare(String json) throws IOException {
    Path pack = Files.createDirectories(site.resolve("pack"));
    Files.writeString(pack.resolve("mine.json"), json);
  }

  private String problem() {
    return find().orElseThrow().problem().orElseThrow();
  }

  private Optional<AlgorithmDeclaration> find() {
    return AlgorithmFiles.read(settings()).stream().filter(a -> a.name().equals("mine")).findAny();
  }

  private RuntimeSettings settings() {
    return RuntimeSettings.of(site, Map.of("WEFT_PYTHON_PATH", site.toString()));
  }
}

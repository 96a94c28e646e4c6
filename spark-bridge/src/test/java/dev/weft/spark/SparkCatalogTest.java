package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.RelationalCatalog.Argument;
import dev.weft.planner.spi.RelationalCatalog.FunctionKind;
import dev.weft.planner.spi.SparkError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCatalogTest {

  @TempDir Path folder;
  private final RelationalCatalog catalog = TestSpark.backend().catalog();

  private static Argument argument(String type) {
    return new Argument(type, true, Optional.empty());
  }

  private static Argument literal(String type, String text) {
    return new Argument(type, false, Optional.of(text));
  }

  private String type(String function, Argument... arguments) {
    return catalog.callType(function, List.of(arguments), false).type();
  }

  @Test
  void sparkTypesCalls() {
    assertThat(type("+", argument("int"), argument("bigint"))).isEqualTo("bigint");
    assertThat(type("/", argument("int"), argument("int"))).isEqualTo("double");
    assertThat(type("*", argument("decimal(10,2)"), argument("decimal(5,1)")))
        .isEqualTo("decimal(16,3)");
    assertThat(type("sum", argument("int"))).isEqualTo("bigint");
    assertThat(type("percentile", argument("int"), literal("decimal(1,1)", "0.5")))
        .isEqualTo("double");
    assertThat(type("row_number")).isEqualTo("int");
    assertThat(type("lag", argument("string"))).isEqualTo("string");
    assertThat(type("split", argument("string"), literal("string", "','")))
        .isEqualTo("array<string>");
    assertThat(type("to_timestamp", argument("string"), literal("string", "'yyyy'")))
        .isEqualTo("timestamp");
    assertThat(type("in", argument("int"), literal("int", "1"))).isEqualTo("boolean");
    assertThat(type("like", argument("string"), literal("string", "'a%'"))).isEqualTo("boolean");
  }

  @Test
  void aRejectedCallIsOneSentence() {
    assertThatThrownBy(() -> type("upper", argument("int"), argument("int")))
        .isInstanceOf(SparkError.class)
        .hasMessageNotContaining("SQLSTATE")
        .hasMessageNotContaining("\n");
  }

  @Test
  void functionsHaveKinds() {
    assertThat(catalog.functionExists("UPPER")).isTrue();
    assertThat(catalog.functionExists("no_such")).isFalse();
    assertThat(catalog.functionKind("avg")).isEqualTo(FunctionKind.AGGREGATE);
    assertThat(catalog.functionKind("rank")).isEqualTo(FunctionKind.WINDOW);
    assertThat(catalog.functionKind("explode")).isEqualTo(FunctionKind.GENERATOR);
    assertThat(catalog.functionKind("upper")).isEqualTo(FunctionKind.SCALAR);
    assertThat(catalog.functionNames()).contains("upper", "percentile_approx");
  }

  @Test
  void jsonArraysAreReadAsArrays() throws IOException {
    Path file = folder.resolve("p.json");
    Files.writeString(file, "[\n {\"a\": 1,\n  \"b\": null},\n {\"a\": 2, \"b\": \"x\"}\n]\n");
    FileSource source = new FileSource("json", file.toString(), Map.of(), "");
    assertThat(catalog.columnsOf(source))
        .containsExactly(new Column("a", "bigint", true), new Column("b", "string", true));
    assertThat(TestSpark.collect(new TestPlans().scan(source))).hasSize(2);
  }

  @Test
  void sourcesThatAreMissingOrEmptySayTheirCondition() throws IOException {
    FileSource missing = TestPlans.csv(folder.resolve("none.csv").toString());
    assertThatThrownBy(() -> catalog.columnsOf(missing))
        .isInstanceOfSatisfying(
            SparkError.class, e -> assertThat(e.condition()).isEqualTo("PATH_NOT_FOUND"));
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    assertThat(catalog.columnsOf(TestPlans.csv(empty.toString()))).isEmpty();
  }

  @Test
  void tablesOfTheCatalogAreFoundByName() {
    assertThat(catalog.tableColumns("nowhere")).isEmpty();
    assertThat(catalog.tableColumns("no.such.place")).isEmpty();
    assertThat(catalog.tableColumns("odd name")).isEmpty();
    TestSpark.collect(
        TestSpark.backend()
            .sql("create temporary view seen as select 1 as a", Map.of(), TestSpark.run()));
    assertThat(catalog.tableColumns("seen").orElseThrow())
        .containsExactly(new Column("a", "int", false));
    assertThat(catalog.tableNames()).contains("seen");
  }

  @Test
  void textThatSparkRejectsSaysWhere() {
    assertThatThrownBy(() -> catalog.analyze("select nope from range(3)", Map.of()))
        .isInstanceOfSatisfying(
            SparkError.class,
            e -> {
              assertThat(e.condition()).startsWith("UNRESOLVED_COLUMN");
              assertThat(e.offset()).hasValue(7);
            });
    assertThatThrownBy(() -> catalog.analyze("select from where", Map.of()))
        .isInstanceOf(SparkError.class);
  }
}

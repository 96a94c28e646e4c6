package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of operators nest as deep as they are long: they are answered or refused with a place. */
@Timeout(120)
class LongChainsTest {

  @TempDir Path folder;
  private ScriptRun script;

  @BeforeEach
  void open() {
    script = new ScriptRun(folder);
  }

  @AfterEach
  void close() {
    script.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 2_000, 4_000, 8_000, 40_000})
  void sums(int terms) {
    answeredOrRefused("select 1 as one;\n" + sum(terms) + ";");
  }

  @Test
  void sumsThatAreSaved() {
    answeredOrRefused(sum(4_000) + " as t;\nsave t as parquet.`t`;");
  }

  @ParameterizedTest
  @ValueSource(ints = {4_000, 40_000})
  void sumsThatOnlySparkPlans(int terms) {
    answeredOrRefused("set weft.planner = 'spark';\n" + sum(terms) + ";");
  }

  private static String sum(int terms) {
    return "select id" + " + id".repeat(terms) + " as x from range(2)";
  }

  private void answeredOrRefused(String text) {
    assertThatCode(() -> script.submit(text))
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            told ->
                assertThat(told)
                    .hasMessageMatching("script.weft:\\d+:\\d+: error NESTED_TOO_DEEPLY: .*"));
  }
}

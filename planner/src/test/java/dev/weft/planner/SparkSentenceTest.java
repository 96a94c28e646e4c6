package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Source;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.error.SparkSentence;
import dev.weft.planner.spi.SparkError;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Spark's conditions in Weft's words. */
class SparkSentenceTest {

  private static final Source SOURCE = new Source("test.weft", "select a");
  private static final Span PLACE = new Span(SOURCE, 7, 8);

  @Test
  void aMissingColumnGetsTheNearestName() {
    Map<String, String> said = Map.of("objectName", "`nme`", "proposal", "`name`, `id`");
    WeftException told = told("UNRESOLVED_COLUMN.WITH_SUGGESTION", said, "No column.");
    assertThat(told.diagnostics().get(0).code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND);
    assertThat(told).hasMessageContaining("there is no column 'nme'; did you mean 'name'?");
  }

  @Test
  void countsOfArgumentsAgreeWithTheirNoun() {
    Map<String, String> one =
        Map.of("functionName", "`upper`", "expectedNum", "1", "actualNum", "2");
    assertThat(told("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", one, ""))
        .hasMessageContaining("upper takes 1 argument, not 2");
    Map<String, String> choice =
        Map.of("functionName", "`substring`", "expectedNum", "[2, 3]", "actualNum", "1");
    assertThat(told("WRONG_NUM_ARGS.WITHOUT_SUGGESTION", choice, ""))
        .hasMessageContaining("substring takes 2 or 3 arguments, not 1");
  }

  @Test
  void expressionsThatOnlySparkKnowsAreNotNamed() {
    Map<String, String> said =
        Map.of(
            "paramIndex", "second",
            "requiredType", "\"BOOLEAN\"",
            "inputSql", "\"lambdafunction(namedlambdavariable())\"",
            "inputType", "\"INT\"");
    assertThat(told("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", said, ""))
        .hasMessageContaining("the second argument has to be boolean, and it is int");
  }

  @Test
  void aConditionWithoutASentenceOfOursKeepsSparks() {
    WeftException told = told("SOMETHING_NEW", Map.of("x", "1"), "Something new is wrong");
    assertThat(told.diagnostics().get(0).code()).isEqualTo(ErrorCode.INVALID_QUERY);
    assertThat(told).hasMessageContaining("Something new is wrong");
    WeftException mismatch =
        told(
            "DATATYPE_MISMATCH.NEW_ONE",
            Map.of("x", "1"),
            "Cannot resolve \"f(x)\" due to data type mismatch: it is \"INT\"");
    assertThat(mismatch.diagnostics().get(0).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
    assertThat(mismatch).hasMessageEndingWith("it is INT");
  }

  private static WeftException told(String condition, Map<String, String> said, String sentence) {
    OptionalInt nowhere = OptionalInt.empty();
    Throwable cause = new IllegalStateException();
    return SparkSentence.of(
        new SparkError(condition, said, sentence, nowhere, nowhere, cause), PLACE);
  }
}

package dev.weft.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.planner.param.GivenParams;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclareParamTest {

  private static final String DECLARED = "declare param level int; select :level as a;";

  private static List<String> errors(String text, Map<String, String> given) {
    Scripts scripts = new Scripts();
    scripts.params = new GivenParams(given, true, Map.of());
    return scripts.errors(text);
  }

  @Test
  void aGivenValueTakesTheTypeThatIsDeclared() {
    Scripts scripts = new Scripts();
    scripts.params = new GivenParams(Map.of("LEVEL", "-5"), true, Map.of());
    assertThat(scripts.plan(DECLARED)).contains("-5");
  }

  @Test
  void aValueThatDoesNotCastSaysWhatTheParameterTakes() {
    assertThat(errors("declare param ^level^ int; select :level as a", Map.of("level", "5; drop")))
        .containsExactly(
            "PARAMETER_VALUE: the parameter 'level' takes a whole number that fits int, not '5;"
                + " drop'");
  }

  @Test
  void aParameterWithoutAnyValueIsMissing() {
    assertThat(errors("declare param ^level^ int; select :level as a", Map.of()))
        .containsExactly(
            "PARAMETER_MISSING: the parameter 'level' has no value; give --param level=… or a"
                + " DEFAULT");
  }

  @Test
  void aNameThatNothingDeclaresHasItsNearest() {
    assertThat(errors(DECLARED, Map.of("level", "1", "levle", "2")))
        .containsExactly(
            "PARAMETER_UNKNOWN: --param gives 'levle', and no DECLARE PARAM has that name; did you"
                + " mean 'level'?");
  }

  @Test
  void theCommandLineIsAtFault() {
    assertThat(dev.weft.grammar.ErrorCode.PARAMETER_MISSING.blame().exitCode()).isEqualTo(2);
    assertThat(dev.weft.grammar.ErrorCode.PARAMETER_VALUE.blame().exitCode()).isEqualTo(2);
    assertThat(dev.weft.grammar.ErrorCode.PARAMETER_UNKNOWN.blame().exitCode()).isEqualTo(2);
  }
}

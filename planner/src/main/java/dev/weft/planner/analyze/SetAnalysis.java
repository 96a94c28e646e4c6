package dev.weft.planner.analyze;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.SetOption;
import dev.weft.planner.Settings;
import dev.weft.planner.TimeLimit;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.SetPlan;
import java.util.List;
import java.util.Locale;

/** SET weft.key: a known setting with a value of its type. */
final class SetAnalysis {

  private final ScriptState state;

  SetAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(SetOption set) {
    String key = set.key().text().toLowerCase(Locale.ROOT);
    Object value =
        switch (key) {
          case "planner" -> planner(set);
          case "max_rows" -> rows(set);
          case "timeout" -> timeout(set);
          default ->
              throw ErrorCode.SETTING_NOT_FOUND.failure(
                  set.key().span(),
                  "weft." + set.key().text(),
                  Nearest.hintOrList("weft." + key, names()));
        };
    state.overlay().set(key, value);
    return new SetPlan(set.span(), key, value);
  }

  private static List<String> names() {
    return Settings.keys().stream().map(setting -> "weft." + setting).toList();
  }

  private static Object planner(SetOption set) {
    String value = text(set, "'weft' or 'spark'").toLowerCase(Locale.ROOT);
    if (!value.equals("weft") && !value.equals("spark")) {
      throw wrong(set, "'weft' or 'spark'");
    }
    return value;
  }

  private static Object rows(SetOption set) {
    if (set.value() instanceof Literal.Whole rows
        && rows.value().signum() > 0
        && rows.value().bitLength() < Integer.SIZE) {
      return rows.value().longValue();
    }
    throw wrong(set, "a whole number from 1");
  }

  private static Object timeout(SetOption set) {
    return TimeLimit.read(text(set, TimeLimit.FORM)).orElseThrow(() -> wrong(set, TimeLimit.FORM));
  }

  private static String text(SetOption set, String wanted) {
    if (set.value() instanceof Literal.Text || set.value() instanceof Literal.Word) {
      return Options.text(set.value());
    }
    throw wrong(set, wanted);
  }

  private static dev.weft.grammar.WeftException wrong(SetOption set, String wanted) {
    return ErrorCode.OPTION_VALUE.failure(
        set.value().span(), "weft." + set.key().text(), wanted, Options.written(set.value()));
  }
}

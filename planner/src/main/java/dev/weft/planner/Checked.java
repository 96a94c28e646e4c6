package dev.weft.planner;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ast.Statement;
import dev.weft.planner.plan.StatementPlan;
import java.util.List;

/**
 * What checking a list of statements found.
 *
 * @param plans the plans in order, INCLUDE replaced by what it includes; empty when there are
 *     errors
 * @param rest the statements behind a barrier (whose effect is known only when it has run), to be
 *     checked when they are reached
 * @param errors everything that is wrong, in the order of the text
 * @param warnings what is allowed and probably not meant
 * @param parameterTypes the Spark type of each {@code ?}, in order
 */
public record Checked(
    List<StatementPlan> plans,
    List<Statement> rest,
    List<Diagnostic> errors,
    List<Diagnostic> warnings,
    List<String> parameterTypes) {

  /** Copies the lists. */
  public Checked {
    plans = List.copyOf(plans);
    rest = List.copyOf(rest);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    parameterTypes = List.copyOf(parameterTypes);
  }
}

package dev.weft.planner;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Statement;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.rel.SharedTable;
import java.util.List;
import java.util.Optional;

/**
 * What checking a list of statements found.
 *
 * @param plans the plans in order, INCLUDE replaced by what it includes; empty when there are
 *     errors
 * @param shared the tables that several of the plans read and that are computed once; to be closed
 *     when the last of the plans has run
 * @param rest the statements behind one that Spark runs as it stands, to be planned when they are
 *     reached
 * @param unchecked where the first of them is that could not be checked either, because only
 *     running the one before tells what it does
 * @param errors everything that is wrong, in the order of the text
 * @param warnings what is allowed and probably not meant
 * @param parameterTypes the Spark type of each {@code ?}, in order
 */
public record Checked(
    List<StatementPlan> plans,
    List<SharedTable> shared,
    List<Statement> rest,
    Optional<Span> unchecked,
    List<Diagnostic> errors,
    List<Diagnostic> warnings,
    List<String> parameterTypes) {

  /** Nothing but errors. */
  public static Checked wrong(List<Diagnostic> errors) {
    return new Checked(
        List.of(), List.of(), List.of(), Optional.empty(), errors, List.of(), List.of());
  }

  /** The same, knowing from an earlier check which place is out of sight. */
  public Checked withUnchecked(Optional<Span> place) {
    return new Checked(plans, shared, rest, place, errors, warnings, parameterTypes);
  }

  /** Copies the lists. */
  public Checked {
    plans = List.copyOf(plans);
    shared = List.copyOf(shared);
    rest = List.copyOf(rest);
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
    parameterTypes = List.copyOf(parameterTypes);
  }
}

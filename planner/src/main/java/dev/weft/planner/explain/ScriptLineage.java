package dev.weft.planner.explain;

import dev.weft.grammar.Span;
import dev.weft.planner.Checked;
import dev.weft.planner.explain.Lineage.OfColumn;
import dev.weft.planner.explain.Lineage.Origin;
import dev.weft.planner.plan.StatementPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lineage of a script's statements, in their order, as records that become JSON. */
public final class ScriptLineage {

  /** The kind of what is planned only when it is reached, behind a statement of Spark's own. */
  private static final String LATER = "later";

  private ScriptLineage() {}

  /**
   * One statement.
   *
   * @param file the script's name, or that of the included file it stands in
   * @param line where it begins, from 1
   * @param column where it begins, in characters from 1
   * @param statement query, load, save, train, assert, or later
   * @param result what it makes: a table's name, a path, a model; empty for rows that are shown
   * @param columns the result's columns in order, each with all it is computed from
   * @param rows the columns that decide which rows there are: of filters, joins and groups
   */
  public record Entry(
      String file,
      int line,
      int column,
      String statement,
      Optional<String> result,
      List<OfColumn> columns,
      List<Origin> rows) {

    /** Copies the lists. */
    public Entry {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    private static Entry of(Span span, Lineage lineage) {
      return new Entry(
          span.source().name(),
          span.line(),
          span.column(),
          lineage.statement(),
          lineage.result(),
          lineage.columns(),
          lineage.rows());
    }
  }

  /**
   * The statements that have columns.
   *
   * @param folder paths below it are shown relative to it
   */
  public static List<Entry> of(Checked checked, Path folder) {
    List<Entry> entries = new ArrayList<>();
    for (StatementPlan plan : checked.plans()) {
      Lineages.of(plan, folder).ifPresent(known -> entries.add(Entry.of(plan.span(), known)));
    }
    Lineage unknown = new Lineage(LATER, Optional.empty(), List.of(), List.of());
    checked.rest().forEach(later -> entries.add(Entry.of(later.span(), unknown)));
    return entries;
  }
}

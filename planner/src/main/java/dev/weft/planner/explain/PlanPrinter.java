package dev.weft.planner.explain;

import dev.weft.planner.estimate.Estimates;
import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.rel.Named;
import dev.weft.planner.rel.Nodes;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.rel.Shown;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Values;
import org.jspecify.annotations.Nullable;

/** A relational plan as an indented tree with column names, without anything that changes. */
final class PlanPrinter {

  private final Path folder;
  private final StringBuilder text = new StringBuilder();
  private final Set<SharedTable> told = new HashSet<>();

  private final Map<RelNode, Measured> steps;
  private @Nullable Estimates estimates;

  PlanPrinter(Path folder, Map<RelNode, Measured> steps) {
    this.folder = folder;
    this.steps = steps;
  }

  String print(RelNode plan) {
    node(Shown.below(plan), 0, OptionalLong.empty());
    return text.toString().stripTrailing();
  }

  /**
   * A node and what is below.
   *
   * @param taken the rows that the node above takes of it, where that is known
   */
  private void node(RelNode node, int depth, OptionalLong taken) {
    if (node instanceof Named named) {
      node(named.getInput(), depth, taken);
      return;
    }
    OptionalLong rows = steps.isEmpty() ? taken : rows(node, taken);
    text.append("  ".repeat(depth)).append(line(node)).append(did(node, rows)).append('\n');
    for (RelNode input : node.getInputs()) {
      node(input, depth + 1, CountedRows.passes(node) ? rows : OptionalLong.empty());
    }
    if (node instanceof SharedRows shared && told.add(shared.table())) {
      node(shared.table().plan(), depth + 1, rows);
    }
  }

  private OptionalLong rows(RelNode node, OptionalLong taken) {
    OptionalLong own = rows(node);
    return own.isPresent() ? own : taken;
  }

  private String did(RelNode node, OptionalLong rows) {
    String expected = expected(node);
    if (steps.isEmpty()) {
      return expected.isEmpty() ? "" : "  -- " + expected;
    }
    Measured own = steps.getOrDefault(node, new Measured(OptionalLong.empty(), 0));
    String counted = rows.isPresent() ? CountedRows.text(rows.getAsLong()) : "rows not counted";
    String time = String.format(Locale.ROOT, ", %.3f s", own.nanos() / 1e9);
    return "  -- "
        + counted
        + (steps.containsKey(node) ? time : "")
        + (expected.isEmpty() ? "" : ", " + expected + " expected");
  }

  /** The rows that statistics promise; a node with as many as its input says nothing. */
  private String expected(RelNode node) {
    if (estimates == null) {
      estimates = Estimates.about(node);
    }
    Estimates known = estimates;
    return CountedRows.passes(node) || !readsSource(node)
        ? ""
        : known
            .of(node)
            .map(rows -> "about " + CountedRows.text(Math.round(rows.rows())))
            .orElse("");
  }

  private static boolean readsSource(RelNode node) {
    boolean[] found = {false};
    Nodes.each(
        node, below -> found[0] |= below instanceof FileScan || below instanceof CatalogScan);
    return found[0];
  }

  /** What gives each row on has the rows of its input. */
  private OptionalLong rows(RelNode node) {
    Measured own = steps.get(node);
    if (own != null && own.rows().isPresent()) {
      return own.rows();
    }
    return own == null && node instanceof Values values
        ? OptionalLong.of(values.getTuples().size())
        : CountedRows.through(node, this::rows);
  }

  private String line(RelNode node) {
    if (node instanceof Project project) {
      return "Project " + project(project);
    }
    if (node instanceof Filter filter) {
      return "Filter " + expressions(filter.getInput()).print(filter.getCondition());
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Sort sort) {
      return sort(sort);
    }
    if (node instanceof Correlate correlate) {
      return "Lateral " + correlate.getJoinType().lowerName;
    }
    return leaf(node);
  }

  private String leaf(RelNode node) {
    if (node instanceof Predict predict) {
      return predict(predict);
    }
    if (node instanceof PythonRows python) {
      return python.program().describe() + " " + columns(node);
    }
    if (node instanceof RemoteRows remote) {
      return "Rows that Python made for " + remote.name() + " " + columns(node);
    }
    if (node instanceof FileScan scan) {
      String options = scan.source().options().isEmpty() ? "" : " " + scan.source().options();
      String path = path(scan.source().path(), folder);
      return "Scan " + scan.source().format() + " " + path + options + " " + columns(node);
    }
    if (node instanceof CatalogScan scan) {
      return "Scan table " + scan.table() + " " + columns(node);
    }
    if (node instanceof SharedRows shared) {
      return "Rows of "
          + shared.table().name()
          + ", computed once for "
          + shared.table().uses()
          + " statements "
          + columns(node);
    }
    if (node instanceof LateRows) {
      return "Rows to come " + columns(node);
    }
    if (node instanceof FunctionScan scan) {
      return "Scan function " + scan.call().replaceAll("\\s+", " ");
    }
    if (node instanceof SparkClause spark) {
      return "In Spark's words " + spark.clause();
    }
    if (node instanceof SparkText spark) {
      return "Handed to Spark because of "
          + spark.reason()
          + ": "
          + spark.text().text().replaceAll("\\s+", " ").strip();
    }
    if (node instanceof TableFunctionScan generator) {
      String call = expressions(node).print(generator.getCall());
      // What a lateral row is called inside changes from run to run.
      return "Generate " + call.replaceAll("\\$cor[0-9]+\\.", "") + " " + columns(node);
    }
    if (node instanceof SetOp operation) {
      return operation.kind.name().toLowerCase(Locale.ROOT) + (operation.all ? " all" : "");
    }
    if (node instanceof Values values) {
      return "Values "
          + values.getTuples().size()
          + (values.getTuples().size() == 1 ? " row" : " rows");
    }
    return node.getRelTypeName();
  }

  private String project(Project project) {
    ExpressionPrinter expressions = expressions(project.getInput());
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < project.getProjects().size(); i++) {
      String value = expressions.print(project.getProjects().get(i));
      String name = project.getRowType().getFieldNames().get(i);
      columns.add(value.equals(name) ? name : value + " as " + name);
    }
    return String.join(", ", columns);
  }

  private String join(Join join) {
    List<String> names = new ArrayList<>(join.getLeft().getRowType().getFieldNames());
    names.addAll(join.getRight().getRowType().getFieldNames());
    String type = join.getJoinType().lowerName;
    return "Join "
        + type
        + " on "
        + new ExpressionPrinter(names, folder).print(join.getCondition());
  }

  private String aggregate(Aggregate aggregate) {
    List<String> names = aggregate.getInput().getRowType().getFieldNames();
    String keys =
        aggregate.getGroupSet().asList().stream().map(names::get).collect(Collectors.joining(", "));
    List<String> calls = new ArrayList<>();
    int at = aggregate.getGroupCount();
    for (AggregateCall call : aggregate.getAggCallList()) {
      String name = aggregate.getRowType().getFieldNames().get(at++);
      calls.add(ExpressionPrinter.call(call, names) + " as " + name);
    }
    String sets = aggregate.getGroupSets().size() > 1 ? " in " + sets(aggregate, names) : "";
    String by = keys.isEmpty() ? "" : " by " + keys + sets;
    return "Aggregate " + (calls.isEmpty() ? "distinct" : String.join(", ", calls)) + by;
  }

  private static String sets(Aggregate aggregate, List<String> names) {
    return aggregate.getGroupSets().stream()
        .map(
            set ->
                set.asList().stream().map(names::get).collect(Collectors.joining(", ", "(", ")")))
        .collect(Collectors.joining(", "));
  }

  private static String sort(Sort sort) {
    List<String> names = sort.getInput().getRowType().getFieldNames();
    String keys =
        sort.getCollation().getFieldCollations().stream()
            .map(key -> key(key, names))
            .collect(Collectors.joining(", "));
    String limit = sort.fetch == null ? "" : " first " + sort.fetch;
    String offset = sort.offset == null ? "" : " after " + sort.offset;
    return (keys.isEmpty() ? "Limit" : "Sort by " + keys) + limit + offset;
  }

  private static String key(RelFieldCollation key, List<String> names) {
    boolean descending = key.direction.isDescending();
    boolean usual =
        key.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
            || (key.nullDirection == RelFieldCollation.NullDirection.LAST) == descending;
    String nulls = usual ? "" : " nulls " + key.nullDirection.name().toLowerCase(Locale.ROOT);
    return names.get(key.getFieldIndex()) + (descending ? " desc" : "") + nulls;
  }

  private static String predict(Predict predict) {
    int own = predict.getInput().getRowType().getFieldCount();
    List<String> names = predict.getRowType().getFieldNames();
    return "Predict "
        + predict.model()
        + " answers "
        + String.join(", ", names.subList(own, names.size()))
        + " from "
        + predict.features().stream().map(names::get).collect(Collectors.joining(", "));
  }

  private static String columns(RelNode node) {
    return "[" + String.join(", ", node.getRowType().getFieldNames()) + "]";
  }

  private ExpressionPrinter expressions(RelNode input) {
    return new ExpressionPrinter(input.getRowType().getFieldNames(), folder);
  }

  /** A path relative to the script's folder where it is below it. */
  static String path(String path, Path folder) {
    if (!path.startsWith("/")) {
      return path;
    }
    Path absolute = Path.of(path);
    Path base = folder.toAbsolutePath().normalize();
    return absolute.startsWith(base) ? base.relativize(absolute).toString() : path;
  }
}

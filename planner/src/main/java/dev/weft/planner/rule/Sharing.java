package dev.weft.planner.rule;

import dev.weft.planner.estimate.JoinKeys;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.Named;
import dev.weft.planner.rel.Nodes;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Which named tables of a script are computed once, for all statements that read them, and the
 * plans of the statements with that.
 *
 * <p>A table is shared when at least two statements that run read it, not through another shared
 * one, and computing it costs more than reading columnar files again; and wherever it is read twice
 * and might not give the same rows twice. A join without keys makes more rows than readers may
 * want, so what has one is left to them.
 */
public final class Sharing {

  /** Formats that cost little to read again: by column, or not from files at all. */
  private static final Set<String> CHEAP = Set.of("parquet", "orc", "delta", "iceberg");

  private final IdentityHashMap<Object, SharedTable> shared = new IdentityHashMap<>();
  private final List<Chosen> tables = new ArrayList<>();

  /** A table that is shared and what it is computed from. */
  private record Chosen(SharedTable table, Named source) {}

  /**
   * Decides.
   *
   * @param statements what each statement that runs reads
   * @param written where statements write, so that what is read there changes on the way
   */
  public Sharing(List<List<RelNode>> statements, List<Path> written) {
    List<List<RelNode>> readers = new ArrayList<>(statements);
    for (Named named : outermostFirst(statements)) {
      int uses = (int) readers.stream().filter(plans -> reads(plans, named)).count();
      boolean wanted = uses > 1 ? isWorth(named) : isVolatile(named) && count(readers, named) > 1;
      if (wanted && !isWritten(named, written) && !multiplies(named)) {
        SharedTable table = new SharedTable(named.name(), uses, isScan(named.getInput()));
        shared.put(named.key(), table);
        tables.add(new Chosen(table, named));
        readers.add(List.of(named.getInput()));
      }
    }
  }

  /** A plan, with shared tables as leaves and all other names gone, optimised. */
  public RelNode optimized(RelNode relation) {
    return Optimizer.optimize(replaced(relation));
  }

  /**
   * Gives the shared tables their plans, with the columns that are used; the last step.
   *
   * @param optimized all plans that read them
   */
  public List<SharedTable> finish(List<RelNode> optimized) {
    List<RelNode> readers = new ArrayList<>(optimized);
    for (Chosen chosen : tables) {
      SharedTable table = chosen.table();
      Set<String> used = new TreeSet<>();
      readers.forEach(plan -> Nodes.each(plan, node -> addUsed(node, table, used)));
      RelNode rows = replaced(chosen.source().getInput());
      RelNode plan = Optimizer.optimize(only(rows, used));
      table.computedBy(plan);
      readers.add(plan);
    }
    return tables.stream().map(Chosen::table).toList();
  }

  private static void addUsed(RelNode node, SharedTable table, Set<String> used) {
    if (node instanceof SharedRows rows && rows.table() == table) {
      used.addAll(rows.getRowType().getFieldNames());
    }
  }

  private static RelNode only(RelNode rows, Set<String> used) {
    List<RexNode> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (var field : rows.getRowType().getFieldList()) {
      if (used.contains(field.getName())) {
        columns.add(new RexInputRef(field.getIndex(), field.getType()));
        names.add(field.getName());
      }
    }
    return names.size() == rows.getRowType().getFieldCount() || names.isEmpty()
        ? rows
        : LogicalProject.create(rows, List.of(), columns, names, Set.of());
  }

  /** A name may only read names given before it, so those read by another come behind it. */
  private static List<Named> outermostFirst(List<List<RelNode>> statements) {
    IdentityHashMap<Object, Named> all = new IdentityHashMap<>();
    List<Named> order = new ArrayList<>();
    statements.forEach(plans -> plans.forEach(plan -> collect(plan, all, order)));
    IdentityHashMap<Object, Integer> depths = new IdentityHashMap<>();
    order.sort((a, b) -> Integer.compare(depth(b, depths), depth(a, depths)));
    return order;
  }

  private static void collect(RelNode plan, IdentityHashMap<Object, Named> all, List<Named> order) {
    Nodes.each(
        plan,
        node -> {
          if (node instanceof Named named && all.put(named.key(), named) == null) {
            order.add(named);
          }
        });
  }

  /** How many names stand below each other in it. */
  private static int depth(Named named, IdentityHashMap<Object, Integer> known) {
    Integer found = known.get(named.key());
    if (found != null) {
      return found;
    }
    int[] most = {0};
    Nodes.visit(
        named.getInput(),
        node -> {
          if (node instanceof Named inner) {
            most[0] = Math.max(most[0], 1 + depth(inner, known));
            return false;
          }
          return true;
        });
    known.put(named.key(), most[0]);
    return most[0];
  }

  private boolean reads(List<RelNode> plans, Named wanted) {
    boolean[] found = {false};
    for (RelNode plan : plans) {
      Nodes.visit(
          plan,
          node -> {
            found[0] |= is(node, wanted);
            return !found[0] && !isShared(node);
          });
    }
    return found[0];
  }

  private static boolean is(RelNode node, Named wanted) {
    return node instanceof Named named && named.key() == wanted.key();
  }

  private boolean isShared(RelNode node) {
    return node instanceof Named named && shared.containsKey(named.key());
  }

  /** How often a name is read, within one statement too. */
  private int count(List<List<RelNode>> readers, Named wanted) {
    int[] found = {0};
    for (List<RelNode> plans : readers) {
      for (RelNode plan : plans) {
        Nodes.visit(
            plan,
            node -> {
              found[0] += (int) node.getInputs().stream().filter(in -> is(in, wanted)).count();
              return !isShared(node);
            });
      }
    }
    return found[0];
  }

  /** Whether computing it again may give other rows: then every use has to see the same ones. */
  private static boolean isVolatile(Named named) {
    boolean[] found = {false};
    Nodes.each(
        named,
        node -> {
          found[0] |= node instanceof PythonRows;
          node.accept(
              new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                  found[0] |= !call.getOperator().isDeterministic();
                  return super.visitCall(call);
                }
              });
        });
    return found[0];
  }

  private static boolean isWritten(Named named, List<Path> written) {
    boolean[] found = {false};
    Nodes.each(
        named,
        node -> {
          if (node instanceof FileScan scan && scan.source().path().startsWith("/")) {
            Path read = Path.of(scan.source().path());
            found[0] |= written.stream().anyMatch(w -> read.startsWith(w) || w.startsWith(read));
          }
        });
    return found[0];
  }

  /** The keys of FROM a, b stand in WHERE until the plan is optimised. */
  private boolean multiplies(Named named) {
    return hasCross(named) && hasCross(Optimizer.optimize(replaced(named.getInput())));
  }

  private static boolean hasCross(RelNode plan) {
    boolean[] found = {false};
    Nodes.each(plan, node -> found[0] |= node instanceof Join join && multiplies(join));
    return found[0];
  }

  private static boolean multiplies(Join join) {
    return join.getJoinType().projectsRight() && !JoinKeys.has(join);
  }

  private static boolean isWorth(Named named) {
    boolean[] worth = {false};
    Nodes.each(named, node -> worth[0] |= isCostly(node));
    return worth[0];
  }

  private static boolean isCostly(RelNode node) {
    if (node instanceof FileScan scan) {
      return !CHEAP.contains(scan.source().format());
    }
    if (node instanceof Project project) {
      return !Movable.all(project.getProjects());
    }
    return node instanceof Aggregate
        || node instanceof Join
        || node instanceof Correlate
        || node instanceof Predict
        || node instanceof PythonRows
        || node instanceof Sort
        || node instanceof SparkText
        || node instanceof SparkClause
        || (node instanceof Filter filter && !Movable.is(filter.getCondition()))
        || (node instanceof SetOp operation && !operation.all);
  }

  private static boolean isScan(RelNode node) {
    return node instanceof FileScan || (node instanceof Named named && isScan(named.getInput()));
  }

  private RelNode replaced(RelNode node) {
    if (node instanceof Named named) {
      SharedTable table = shared.get(named.key());
      return table == null ? replaced(named.getInput()) : leaf(named, table);
    }
    List<RelNode> inputs = new ArrayList<>();
    boolean same = true;
    for (RelNode input : node.getInputs()) {
      RelNode other = replaced(input);
      same &= other == input;
      inputs.add(other);
    }
    RelNode above = same ? node : node.copy(node.getTraitSet(), inputs);
    return above.getInputs().isEmpty() ? above : above.accept(new Queries());
  }

  private static RelNode leaf(Named named, SharedTable table) {
    return new SharedRows(
        named.getCluster(),
        named.getCluster().traitSetOf(Convention.NONE),
        table,
        named.getRowType());
  }

  /** The queries inside expressions. */
  private final class Queries extends RexShuttle {
    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      RexSubQuery inside = (RexSubQuery) super.visitSubQuery(query);
      RelNode other = replaced(inside.rel);
      return other == inside.rel ? inside : inside.clone(other);
    }
  }
}

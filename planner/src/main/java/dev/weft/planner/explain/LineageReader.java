package dev.weft.planner.explain;

import dev.weft.planner.explain.Lineage.Origin;
import dev.weft.planner.rel.CatalogScan;
import dev.weft.planner.rel.FileScan;
import dev.weft.planner.rel.FunctionScan;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.rel.Predict;
import dev.weft.planner.rel.PythonRows;
import dev.weft.planner.rel.RemoteRows;
import dev.weft.planner.rel.SharedRows;
import dev.weft.planner.rel.SparkClause;
import dev.weft.planner.rel.SparkText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** Follows each field of a plan down to the columns of its sources. */
final class LineageReader {

  private final Path folder;
  private final IdentityHashMap<RelNode, List<Set<Origin>>> known = new IdentityHashMap<>();
  private final Map<CorrelationId, List<Set<Origin>>> outer = new HashMap<>();
  private final Set<Origin> rows = new TreeSet<>();

  LineageReader(Path folder) {
    this.folder = folder;
  }

  /** The origins of each field. */
  List<Set<Origin>> of(RelNode node) {
    List<Set<Origin>> found = known.get(node);
    if (found == null) {
      found = fields(node);
      known.put(node, found);
    }
    return found;
  }

  /** What decides which rows there are, of all plans read so far. */
  Set<Origin> rows() {
    return rows;
  }

  private List<Set<Origin>> fields(RelNode node) {
    if (node instanceof SharedRows shared) {
      return shared(shared);
    }
    if (node.getInputs().isEmpty() || node instanceof SparkText) {
      return leaf(node);
    }
    if (node instanceof Project project) {
      return project(project);
    }
    if (node instanceof Filter filter) {
      List<Set<Origin>> input = seen(filter, filter.getInput());
      rows.addAll(of(filter.getCondition(), input));
      return input;
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Correlate correlate) {
      List<Set<Origin>> left = of(correlate.getLeft());
      outer.put(correlate.getCorrelationId(), left);
      return both(left, of(correlate.getRight()), correlate.getJoinType());
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof PythonRows python) {
      return python(python);
    }
    return node instanceof Predict predict ? predict(predict) : united(node);
  }

  private List<Set<Origin>> leaf(RelNode node) {
    if (node instanceof Values) {
      return node.getRowType().getFieldNames().stream().map(name -> Set.<Origin>of()).toList();
    }
    String source = source(node);
    return node.getRowType().getFieldNames().stream()
        .map(name -> Set.of(new Origin(source, name)))
        .toList();
  }

  private List<Set<Origin>> shared(SharedRows shared) {
    RelNode plan = shared.table().plan();
    List<Set<Origin>> all = of(plan);
    List<String> names = plan.getRowType().getFieldNames();
    return shared.getRowType().getFieldNames().stream()
        .map(name -> all.get(names.indexOf(name)))
        .toList();
  }

  private String source(RelNode leaf) {
    if (leaf instanceof FileScan scan) {
      return scan.source().format() + " " + PlanPrinter.path(scan.source().path(), folder);
    }
    if (leaf instanceof CatalogScan scan) {
      return "table " + scan.table();
    }
    if (leaf instanceof FunctionScan scan) {
      return "function " + scan.call().replaceAll("\\s+", " ");
    }
    if (leaf instanceof LateRows late) {
      return late.what();
    }
    if (leaf instanceof RemoteRows remote) {
      return "Python rows " + remote.name();
    }
    return leaf instanceof SparkText text
        ? "Spark's query {" + text.text().text().replaceAll("\\s+", " ").strip() + "}"
        : leaf.getRelTypeName();
  }

  private List<Set<Origin>> project(Project project) {
    List<Set<Origin>> input = seen(project, project.getInput());
    return project.getProjects().stream().map(value -> of(value, input)).toList();
  }

  private List<Set<Origin>> join(Join join) {
    List<Set<Origin>> left = of(join.getLeft());
    List<Set<Origin>> right = of(join.getRight());
    List<Set<Origin>> all = both(left, right, JoinRelType.INNER);
    join.getVariablesSet().forEach(variable -> outer.put(variable, all));
    rows.addAll(of(join.getCondition(), all));
    return both(left, right, join.getJoinType());
  }

  private static List<Set<Origin>> both(
      List<Set<Origin>> left, List<Set<Origin>> right, JoinRelType type) {
    List<Set<Origin>> all = new ArrayList<>(left);
    if (type.projectsRight()) {
      all.addAll(right);
    }
    return all;
  }

  private List<Set<Origin>> aggregate(Aggregate aggregate) {
    List<Set<Origin>> input = of(aggregate.getInput());
    List<Set<Origin>> fields = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      fields.add(input.get(key));
      rows.addAll(input.get(key));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      Set<Origin> from = new TreeSet<>();
      call.getArgList().forEach(argument -> from.addAll(input.get(argument)));
      if (call.filterArg >= 0) {
        from.addAll(input.get(call.filterArg));
      }
      fields.add(from);
    }
    return fields;
  }

  /** Code may use any column for each, and decide by any which rows there are. */
  private List<Set<Origin>> python(PythonRows python) {
    Set<Origin> all = new TreeSet<>();
    of(python.getInput()).forEach(all::addAll);
    rows.addAll(all);
    return python.getRowType().getFieldNames().stream().map(name -> all).toList();
  }

  private List<Set<Origin>> predict(Predict predict) {
    List<Set<Origin>> input = of(predict.getInput());
    Set<Origin> answer = new TreeSet<>();
    answer.add(new Origin("model " + predict.model(), ""));
    predict.features().forEach(feature -> answer.addAll(input.get(feature)));
    List<Set<Origin>> fields = new ArrayList<>(input);
    predict.outputs().forEach(output -> fields.add(answer));
    return fields;
  }

  /** Set operations field by field; the rest passes its fields on, or may use any for each. */
  private List<Set<Origin>> united(RelNode node) {
    int count = node.getRowType().getFieldCount();
    boolean passes =
        !(node instanceof SparkClause)
            && node.getInputs().stream().allMatch(in -> in.getRowType().getFieldCount() == count);
    List<Set<Origin>> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Set<Origin> from = new TreeSet<>();
      for (RelNode input : node.getInputs()) {
        if (passes) {
          from.addAll(of(input).get(i));
        } else {
          of(input).forEach(from::addAll);
        }
      }
      fields.add(from);
    }
    return fields;
  }

  /** The fields of an input, which queries inside the node's expressions may read. */
  private List<Set<Origin>> seen(RelNode node, RelNode input) {
    List<Set<Origin>> fields = of(input);
    node.getVariablesSet().forEach(variable -> outer.put(variable, fields));
    return fields;
  }

  private Set<Origin> of(RexNode expression, List<Set<Origin>> input) {
    Set<Origin> from = new TreeSet<>();
    expression.accept(
        new RexVisitorImpl<@Nullable Void>(true) {
          @Override
          public @Nullable Void visitInputRef(RexInputRef field) {
            from.addAll(input.get(field.getIndex()));
            return null;
          }

          @Override
          public @Nullable Void visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
              List<Set<Origin>> fields = outer.getOrDefault(variable.id, List.of());
              int field = access.getField().getIndex();
              from.addAll(field < fields.size() ? fields.get(field) : Set.of());
              return null;
            }
            return super.visitFieldAccess(access);
          }

          @Override
          public @Nullable Void visitSubQuery(RexSubQuery query) {
            of(query.rel).forEach(from::addAll);
            return super.visitSubQuery(query);
          }
        });
    return from;
  }
}

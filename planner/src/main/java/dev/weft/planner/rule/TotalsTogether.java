package dev.weft.planner.rule;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import dev.weft.planner.estimate.Harmless;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/** Several {@link TotalOfRows} of one source as one: its rows are read once for all of them. */
final class TotalsTogether {

  private final List<TotalOfRows> parts;
  private final RelNode source;
  private final RexBuilder builder;
  private final List<RexNode> common;
  private final List<List<RexNode>> own = new ArrayList<>();
  private final List<RexNode> read = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private TotalsTogether(List<TotalOfRows> parts) {
    this.parts = parts;
    this.source = parts.get(0).source();
    this.builder = source.getCluster().getRexBuilder();
    this.common =
        parts.get(0).conditions().stream()
            .filter(c -> parts.stream().allMatch(part -> part.conditions().contains(c)))
            .distinct()
            .toList();
    for (TotalOfRows part : parts) {
      own.add(part.conditions().stream().filter(c -> !common.contains(c)).toList());
    }
  }

  /** One row with the columns of all parts, one part's behind the other's. */
  static Optional<RelNode> of(List<TotalOfRows> parts) {
    TotalsTogether together = new TotalsTogether(parts);
    return together.isSound() ? Optional.of(together.plan()) : Optional.empty();
  }

  /**
   * Conditions that only some rows were asked are asked all rows now, so they must not be able to
   * fail; and they are about one table, where all of them together leave few rows.
   */
  private boolean isSound() {
    List<RexNode> all = List.copyOf(ImmutableSet.copyOf(Iterables.concat(own)));
    ImmutableBitSet about = ImmutableBitSet.union(all.stream().map(Movable::inputs).toList());
    JoinCluster cluster = JoinCluster.of(source);
    boolean oneLeaf = about.asList().stream().map(cluster::leafOf).distinct().count() <= 1;
    return oneLeaf && all.stream().allMatch(Harmless::is);
  }

  private RelNode plan() {
    List<RexNode> chosen = new ArrayList<>(common);
    if (own.stream().noneMatch(List::isEmpty)) {
      List<RexNode> each =
          own.stream().map(conditions -> RexUtil.composeConjunction(builder, conditions)).toList();
      chosen.add(RexUtil.composeDisjunction(builder, each));
    }
    RexNode condition = RexUtil.composeConjunction(builder, chosen);
    RelNode rows = condition.isAlwaysTrue() ? source : LogicalFilter.create(source, condition);
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int flag = own.get(i).isEmpty() ? -1 : flag(own.get(i));
      for (AggregateCall call : parts.get(i).calls()) {
        List<Integer> arguments = call.getArgList().stream().map(this::field).toList();
        calls.add(call.withArgList(arguments).withFilter(flag).withName("t" + calls.size()));
      }
    }
    RelNode columns = LogicalProject.create(rows, List.of(), read, names, ImmutableSet.of());
    RelNode totals = LogicalAggregate.create(columns, List.of(), ImmutableBitSet.of(), null, calls);
    return LogicalProject.create(
        totals, List.of(), above(), (List<String>) null, ImmutableSet.of());
  }

  /** What stood above each part, over the fields of all of them. */
  private List<RexNode> above() {
    List<RexNode> columns = new ArrayList<>();
    int start = 0;
    for (TotalOfRows part : parts) {
      int shift = start;
      part.columns().forEach(column -> columns.add(RexUtil.shift(column, shift)));
      start += part.calls().size();
    }
    return columns;
  }

  private int flag(List<RexNode> conditions) {
    RexNode all = RexUtil.composeConjunction(builder, conditions);
    return add(builder.makeCall(SqlStdOperatorTable.IS_TRUE, all));
  }

  private int field(int index) {
    return add(RexInputRef.of(index, source.getRowType()));
  }

  private int add(RexNode column) {
    return IntStream.range(0, read.size())
        .filter(i -> read.get(i).equals(column))
        .findFirst()
        .orElseGet(
            () -> {
              names.add("c" + read.size());
              read.add(column);
              return read.size() - 1;
            });
  }
}

package dev.weft.planner.rule;

import dev.weft.planner.estimate.Estimate;
import dev.weft.planner.estimate.Estimates;
import dev.weft.planner.estimate.JoinKeys;
import dev.weft.planner.spi.TableStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Sides of joins that few rows are left of, though what they are read from is large: they go whole
 * to every task, so that the other side is neither moved nor sorted. Spark, which looks at the
 * sizes of files, would find that out when it has moved both.
 */
public final class SentSides {

  /** The hint on a join of which a side is sent; its option says which. */
  private static final String SENT = "SENT";

  /** What is not clearly smaller than the other side is moved as well as that. */
  private static final double SMALLER = 3;

  /** An estimate may be wrong so many times before what is sent harms. */
  private static final double HARMLESS = 16;

  /** Moving and sorting rows costs more than making them again unless so few are left of many. */
  private static final double REDUCED = 4;

  private final Estimates estimates;
  private final Repeated repeated;

  private SentSides(RelNode plan) {
    this.estimates = Estimates.about(plan);
    this.repeated = new Repeated(plan);
  }

  /** A side of a join. */
  public enum Side {
    LEFT,
    RIGHT;

    /** The rows of this side. */
    public RelNode of(Join join) {
      return this == LEFT ? join.getLeft() : join.getRight();
    }

    Side other() {
      return this == LEFT ? RIGHT : LEFT;
    }

    /** Whether each task may see all rows of this side, and only some of the other's. */
    boolean maySend(JoinRelType type) {
      return type == JoinRelType.INNER
          || (this == LEFT
              ? type == JoinRelType.RIGHT
              : type == JoinRelType.LEFT || type == JoinRelType.SEMI || type == JoinRelType.ANTI);
    }
  }

  /** The side of a join that is to be sent to all tasks, if one is. */
  public static Optional<Side> of(Join join) {
    return join.getHints().stream()
        .filter(hint -> hint.hintName.equals(SENT))
        .map(hint -> Side.valueOf(hint.listOptions.get(0)))
        .findFirst();
  }

  static RelNode mark(RelNode plan) {
    return new SentSides(plan).visit(plan, UsedFields.all(plan));
  }

  private RelNode visit(RelNode node, ImmutableBitSet used) {
    return visit(node, used, JoinCluster.isJoin(node) && JoinCluster.hasCross(node));
  }

  /**
   * A node and what is below it.
   *
   * @param used its fields that are used above it
   * @param crosses whether it belongs to joins that Spark has to put in order, which it does only
   *     where no join says how it is made
   */
  private RelNode visit(RelNode node, ImmutableBitSet used, boolean crosses) {
    boolean joins = JoinCluster.isJoin(node);
    List<ImmutableBitSet> below = UsedFields.below(node, used);
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < below.size(); i++) {
      RelNode input = node.getInput(i);
      boolean same = joins && JoinCluster.isJoin(input);
      inputs.add(same ? visit(input, below.get(i), crosses) : visit(input, below.get(i)));
    }
    RelNode same = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return same instanceof LogicalJoin join && !crosses && JoinKeys.has(join)
        ? side(join, below)
            .filter(side -> !isMovedOnce((Join) node, side.other()))
            .map(side -> marked(join, side))
            .orElse(join)
        : same;
  }

  /** Whether rows that it costs much to make would be made again for each place of a join. */
  private boolean isMovedOnce(Join join, Side made) {
    RelNode rows = made.of(join);
    return estimates.of(rows).filter(own -> own.rows() * REDUCED < read(rows)).isPresent()
        && repeated.isMovedOnce(join);
  }

  /** The rows of the largest table that rows are made from. */
  private double read(RelNode rows) {
    return rows.getInputs().isEmpty()
        ? estimates.of(rows).map(Estimate::rows).orElse(0.0)
        : rows.getInputs().stream().mapToDouble(this::read).max().orElse(0);
  }

  private static RelNode marked(LogicalJoin join, Side side) {
    List<RelHint> hints = new ArrayList<>(join.getHints());
    hints.add(RelHint.builder(SENT).hintOption(side.name()).build());
    return join.withHints(hints);
  }

  private Optional<Side> side(Join join, List<ImmutableBitSet> used) {
    Optional<Estimate> left = estimates.of(join.getLeft());
    Optional<Estimate> right = estimates.of(join.getRight());
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Side small = left.get().rows() < right.get().rows() ? Side.LEFT : Side.RIGHT;
    double few = Math.min(left.get().rows(), right.get().rows());
    double many = Math.max(left.get().rows(), right.get().rows());
    boolean wanted =
        small.maySend(join.getJoinType())
            && few * SMALLER <= many
            && isFew(small.of(join), used.get(small == Side.LEFT ? 0 : 1), estimates)
            && !isSmall(small.of(join), estimates)
            && !(small.other().maySend(join.getJoinType())
                && isSmall(small.other().of(join), estimates));
    return wanted ? Optional.of(small) : Optional.empty();
  }

  /** Whether so few rows are left that they may be sent, whatever they are read from. */
  static boolean isFew(RelNode side, ImmutableBitSet used, Estimates estimates) {
    double bytes = estimates.bytes(side, used).orElse(Double.MAX_VALUE);
    double most = estimates.mostBytes(side, used).orElse(Double.MAX_VALUE);
    return bytes <= estimates.sentBytes() && most <= HARMLESS * estimates.sentBytes();
  }

  /**
   * Whether Spark sends rows without being told: it looks at the size of what they are read from.
   */
  static boolean isSmall(RelNode rows, Estimates estimates) {
    RelNode scan = rows;
    while (scan instanceof Filter || scan instanceof Project) {
      scan = scan.getInput(0);
    }
    Optional<TableStatistics> table = estimates.table(scan);
    if (table.isEmpty()) {
      return false;
    }
    double read = scan.getRowType().getFieldCount() / (double) Math.max(1, table.get().width());
    return table.get().bytes() * Math.min(1, read) <= estimates.sentBytes();
  }
}

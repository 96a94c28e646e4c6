package dev.weft.planner.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;

/** The rows of joins: each value of the side with fewer finds its like on the other. */
final class Joined {

  /** Of the rows of the left side, those that find none on the right, at least. */
  private static final double LONELY = 0.1;

  private final Estimate left;
  private final Estimate right;
  private final List<Comparison.Fields> keys = new ArrayList<>();
  private final List<RexNode> rest = new ArrayList<>();

  private Joined(Join join, Estimate left, Estimate right) {
    this.left = left;
    this.right = right;
    int width = left.fields().size();
    for (RexNode part : RelOptUtil.conjunctions(join.getCondition())) {
      Optional<Comparison.Fields> key = Comparison.fields(part).flatMap(f -> sides(f, width));
      key.ifPresentOrElse(keys::add, () -> rest.add(part));
    }
  }

  /** The fields with that of the left side first, each numbered on its own side. */
  private static Optional<Comparison.Fields> sides(Comparison.Fields fields, int width) {
    int first = Math.min(fields.left(), fields.right());
    int second = Math.max(fields.left(), fields.right());
    return first < width && second >= width
        ? Optional.of(new Comparison.Fields(first, second - width))
        : Optional.empty();
  }

  static Estimate of(Join join, Estimate left, Estimate right) {
    Joined sides = new Joined(join, left, right);
    Estimate inner = sides.inner();
    return switch (join.getJoinType()) {
      case INNER -> inner;
      case LEFT -> inner.withRows(Math.max(left.rows(), inner.rows()));
      case RIGHT -> inner.withRows(Math.max(right.rows(), inner.rows()));
      case FULL -> inner.withRows(Math.max(left.rows() + right.rows(), inner.rows()));
      case SEMI -> left.withRows(left.rows() * sides.found());
      case ANTI -> left.withRows(left.rows() * Math.max(LONELY, 1 - sides.found()));
      default -> left.withRows(inner.rows());
    };
  }

  private Estimate inner() {
    double leftValues = 1;
    double rightValues = 1;
    for (Comparison.Fields key : keys) {
      leftValues *= left.distinct(key.left());
      rightValues *= right.distinct(key.right());
    }
    double values =
        Math.max(Math.min(leftValues, left.rows()), Math.min(rightValues, right.rows()));
    Estimate both = left.beside(right, left.rows() * right.rows() / Math.max(1, values));
    for (RexNode condition : rest) {
      both = Selectivity.filter(both, condition);
    }
    return both;
  }

  private double found() {
    double share = 1;
    for (Comparison.Fields key : keys) {
      share = Math.min(share, right.distinct(key.right()) / left.distinct(key.left()));
    }
    return share;
  }
}

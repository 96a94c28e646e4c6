package dev.weft.planner.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * Rows with the answers of models behind their own columns.
 *
 * @param own how many columns are the rows' own
 * @param known the answers that are there
 */
record Answered(RelNode rows, int own, List<Known> known) {

  /**
   * An answer in a column.
   *
   * @param features as the call has them, over the rows
   */
  record Known(String model, int output, List<RexNode> features, int column) {}

  /** Rows without answers. */
  static Answered none(RelNode rows) {
    return new Answered(rows, rows.getRowType().getFieldCount(), List.of());
  }

  /** Rows with more answers, which have the columns of these and others behind. */
  Answered with(RelNode wider, List<Known> more) {
    List<Known> all = new ArrayList<>(known);
    all.addAll(more);
    return new Answered(wider, own, List.copyOf(all));
  }

  /** The column of an answer to features, if it is there. */
  OptionalInt find(AnswerFunction function, List<RexNode> features) {
    return known.stream()
        .filter(k -> k.model.equals(function.model().toString()))
        .filter(k -> k.output == function.output() && k.features.equals(features))
        .mapToInt(Known::column)
        .findFirst();
  }
}

package dev.weft.planner.plan;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/** The report of a TRAIN: a relation whose rows are put in when the training has ended. */
public final class TrainReport {

  private final AtomicReference<@Nullable List<List<Object>>> rows = new AtomicReference<>();
  private @Nullable RelNode relation;

  /** The report's rows: model, version, algorithm, rows, data, metric, value. */
  public List<List<Object>> rows() {
    List<List<Object>> filled = rows.get();
    if (filled == null) {
      throw new IllegalStateException("the report is read before its TRAIN has ended");
    }
    return filled;
  }

  /** Puts the rows in, once. */
  public void fill(List<List<Object>> report) {
    rows.set(List.copyOf(report));
  }

  /** The relation that reads the rows; set by the planner when it makes the plan. */
  public RelNode relation() {
    if (relation == null) {
      throw new IllegalStateException("the report has no relation yet");
    }
    return relation;
  }

  /** Called by the planner. */
  public void readThrough(RelNode leaf) {
    this.relation = leaf;
  }
}

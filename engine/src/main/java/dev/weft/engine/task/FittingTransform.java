package dev.weft.engine.task;

import dev.weft.engine.Progress;
import dev.weft.engine.Rows;
import dev.weft.engine.model.ArrowValues;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.plan.TransformFits.Level;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.rel.RelNode;

/** Fits a TRANSFORM to the training rows, before they are computed with what was fitted. */
final class FittingTransform {

  private final TrainPlan plan;
  private final TaskContext context;

  FittingTransform(TrainPlan plan, TaskContext context) {
    this.plan = plan;
    this.context = context;
  }

  /** Fits; gives one raw row, feature name to value, if there is a TRANSFORM and a row. */
  Optional<Map<String, Object>> run() {
    for (Level level : plan.fits().levels()) {
      context.run().progress().accept(Progress.of("fitting TRANSFORM", 0, 0, "values"));
      try (Rows rows = context.relations().rows(level.row(), context.run())) {
        for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
          if (batch.getRowCount() > 0) {
            keep(level, batch);
          }
        }
      }
    }
    return plan.fits().example().flatMap(this::first);
  }

  private Optional<Map<String, Object>> first(RelNode example) {
    try (Rows rows = context.relations().rows(example, context.run())) {
      for (VectorSchemaRoot batch = rows.next(); batch != null; batch = rows.next()) {
        if (batch.getRowCount() > 0) {
          return Optional.of(ArrowValues.row(batch, 0));
        }
      }
    }
    return Optional.empty();
  }

  private void keep(Level level, VectorSchemaRoot batch) {
    for (int i = 0; i < level.places().size(); i++) {
      Object value = batch.getVector(i).getObject(0);
      level.values().put(level.places().get(i), value == null ? null : value.toString());
    }
  }
}

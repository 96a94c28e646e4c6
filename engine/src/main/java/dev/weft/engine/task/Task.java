package dev.weft.engine.task;

import dev.weft.engine.Rows;
import dev.weft.engine.TableRows;
import dev.weft.planner.plan.StatementPlan;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** Runs the plans of one kind of statement. */
public interface Task<P extends StatementPlan> {

  /** Runs a plan; failures are WeftExceptions. */
  Outcome run(P plan, TaskContext context);

  /** The columns {@link #run} will answer with, asked before it; no columns for a mere effect. */
  default Schema schema(P plan, TaskContext context) {
    return TableRows.schema(List.of());
  }

  /**
   * What a statement did.
   *
   * @param summary a few words for the line that reports it
   * @param rows its answer, when it has one to show; whoever takes them closes them
   */
  record Outcome(String summary, Optional<Rows> rows) {

    /** An effect without an answer. */
    static Outcome done(String summary) {
      return new Outcome(summary, Optional.empty());
    }

    /** An answer. */
    static Outcome answer(String summary, Rows rows) {
      return new Outcome(summary, Optional.of(rows));
    }
  }
}

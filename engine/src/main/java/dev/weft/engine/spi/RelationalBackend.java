package dev.weft.engine.spi;

import dev.weft.engine.Rows;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.explain.Measured;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;

/**
 * The engine that runs relational plans (Spark), as one session sees it: temporary views and
 * functions, the current database and Spark's settings are the session's own. Failures come as
 * WeftException at the run's place.
 */
public interface RelationalBackend extends AutoCloseable {

  /** What planning asks. */
  RelationalCatalog catalog();

  /** The columns a plan gives; nothing runs. */
  Schema schema(RelNode plan);

  /** Runs a plan; its rows stream as they are computed. */
  Rows rows(RelNode plan, Run run);

  /** Runs a statement of Spark's own; the tables are visible to it by name. */
  Rows sql(String text, Map<String, RelNode> tables, Run run);

  /** Writes a plan's rows: whole or not at all, except where APPEND has existing files. */
  void save(RelNode plan, FileSource target, Save.Mode mode, List<String> partitionBy, Run run);

  /** The rows of a training set, with {@link TrainingData#ORDER} computed from the seed. */
  TrainingData trainingData(RelNode plan, long seed, Run run);

  /** Keeps a function whose code is Python: in the catalog, or for this session. */
  void createFunction(CreateFunctionPlan plan, Run run);

  /** The rows of a plan as they stand, for its tasks to send elsewhere. */
  TrainingData tableData(RelNode plan, Run run);

  /** Runs a plan without keeping its rows, and says what its steps did. */
  Analyzed analyze(RelNode plan, Run run);

  /**
   * What a plan did.
   *
   * @param steps by node of the plan, as far as the engine can tell
   */
  record Analyzed(long rows, long nanos, Map<RelNode, Measured> steps) {}

  /** What Spark says of a plan; nothing runs. */
  String explain(RelNode plan, Explain.Mode mode, Run run);

  /** Frees what is kept of shared tables, and closes them: the statements that read them ended. */
  void release(List<SharedTable> tables);

  /** Stops the jobs of a run, from any thread. */
  void cancel(String runId);

  /** Forgets what is the session's own; the engine stays for others. */
  @Override
  void close();
}

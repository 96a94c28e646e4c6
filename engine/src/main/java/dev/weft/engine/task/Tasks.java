package dev.weft.engine.task;

import dev.weft.engine.spi.OutOfMemory;
import dev.weft.engine.task.Task.Outcome;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.spi.ModelsUnreachable;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;

/** The table of which task runs which plan. */
public final class Tasks {

  private static final Map<Class<? extends StatementPlan>, Entry<?>> ENTRIES = new HashMap<>();

  static {
    add(StatementPlan.LoadPlan.class, new LoadTask());
    add(StatementPlan.QueryPlan.class, new QueryTask());
    add(StatementPlan.TrainPlan.class, new TrainTask());
    add(StatementPlan.PythonPlan.class, new PythonTask());
    add(StatementPlan.CreateFunctionPlan.class, new CreateFunctionTask());
    add(StatementPlan.SavePlan.class, new SaveTask());
    add(StatementPlan.ServePlan.class, new ServeTask());
    add(StatementPlan.UnservePlan.class, new UnserveTask());
    add(StatementPlan.AlterModelPlan.class, new AlterModelTask());
    add(StatementPlan.RollbackModelPlan.class, new RollbackModelTask());
    add(StatementPlan.DropModelPlan.class, new DropModelTask());
    add(StatementPlan.ExportModelPlan.class, new ExportModelTask());
    add(StatementPlan.ImportModelPlan.class, new ImportModelTask());
    add(StatementPlan.ShowModelsPlan.class, new ShowModelsTask());
    add(StatementPlan.ShowEndpointsPlan.class, new ShowEndpointsTask());
    add(StatementPlan.ShowAlgorithmsPlan.class, new ShowAlgorithmsTask());
    add(StatementPlan.DescribeModelPlan.class, new DescribeModelTask());
    add(StatementPlan.DescribeAlgorithmPlan.class, new DescribeAlgorithmTask());
    add(StatementPlan.SetPlan.class, new SetTask());
    add(StatementPlan.DeclareParamPlan.class, new DeclareParamTask());
    add(StatementPlan.AssertPlan.class, new AssertTask());
    add(StatementPlan.ExplainPlan.class, new ExplainTask());
    add(StatementPlan.SparkPlan.class, new SparkTask());
  }

  private Tasks() {}

  /** Runs a plan. */
  public static Outcome run(StatementPlan plan, TaskContext context) {
    return entry(plan).run(plan, context);
  }

  /** The columns a plan will answer with; nothing runs. */
  public static Schema schema(StatementPlan plan, TaskContext context) {
    return entry(plan).schema(plan, context);
  }

  static Set<Class<? extends StatementPlan>> kinds() {
    return ENTRIES.keySet();
  }

  private static <P extends StatementPlan> void add(Class<P> kind, Task<P> task) {
    ENTRIES.put(kind, new Entry<>(kind, task));
  }

  private static Entry<?> entry(StatementPlan plan) {
    Entry<?> entry = ENTRIES.get(plan.getClass());
    if (entry == null) {
      throw new IllegalStateException("no task runs " + plan.getClass().getSimpleName());
    }
    return entry;
  }

  private record Entry<P extends StatementPlan>(Class<P> kind, Task<P> task) {

    Outcome run(StatementPlan plan, TaskContext context) {
      return onTheStack(plan, () -> task.run(kind.cast(plan), context));
    }

    Schema schema(StatementPlan plan, TaskContext context) {
      return onTheStack(plan, () -> task.schema(kind.cast(plan), context));
    }

    private static <T> T onTheStack(StatementPlan plan, Supplier<T> work) {
      try {
        return work.get();
      } catch (StackOverflowError deep) {
        throw ErrorCode.NESTED_TOO_DEEPLY.failure(plan.span());
      } catch (OutOfMemoryError full) {
        throw ErrorCode.OUT_OF_MEMORY.failure(plan.span(), OutOfMemory.limit());
      } catch (ModelsUnreachable away) {
        throw ErrorCode.MODELS_UNREACHABLE.failure(plan.span(), away.folder(), away.reason());
      }
    }
  }
}

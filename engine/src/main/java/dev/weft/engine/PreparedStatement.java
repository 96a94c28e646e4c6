package dev.weft.engine;

import dev.weft.engine.task.Tasks;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.DescribeAlgorithmPlan;
import dev.weft.planner.plan.StatementPlan.DescribeModelPlan;
import dev.weft.planner.plan.StatementPlan.ExplainPlan;
import dev.weft.planner.plan.StatementPlan.LoadPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.ShowAlgorithmsPlan;
import dev.weft.planner.plan.StatementPlan.ShowEndpointsPlan;
import dev.weft.planner.plan.StatementPlan.ShowModelsPlan;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** One planned statement of a session. */
final class PreparedStatement implements Session.Prepared {

  private static final Set<Class<? extends StatementPlan>> READING =
      Set.of(
          ShowModelsPlan.class,
          ShowEndpointsPlan.class,
          ShowAlgorithmsPlan.class,
          DescribeModelPlan.class,
          DescribeAlgorithmPlan.class,
          ExplainPlan.class);

  private final EmbeddedSession session;
  private final StatementPlan plan;
  private final List<String> parameterTypes;
  private @Nullable Schema schema;

  PreparedStatement(EmbeddedSession session, StatementPlan plan, List<String> parameterTypes) {
    this.session = session;
    this.plan = plan;
    this.parameterTypes = List.copyOf(parameterTypes);
  }

  @Override
  public boolean isUpdate() {
    return schema().getFields().isEmpty();
  }

  @Override
  public boolean hasEffects() {
    return plan instanceof QueryPlan query
        ? query.name().isPresent()
        : !READING.contains(plan.getClass());
  }

  @Override
  public synchronized Schema schema() {
    Schema known = schema;
    if (known == null) {
      known = Tasks.schema(plan, session.task(session.idle(plan), new SessionListener() {}, true));
      schema = known;
    }
    return known;
  }

  @Override
  public Schema parameters() {
    return ParameterTypes.schema(parameterTypes);
  }

  @Override
  public Rows run(SessionListener listener) {
    Rows rows = session.answer(plan, listener);
    return plan instanceof LoadPlan ? closed(rows) : rows;
  }

  /** To a client LOAD is an effect: it names a table, whose rows a query asks for. */
  private static Rows closed(Rows rows) {
    rows.close();
    return TableRows.none();
  }
}

package dev.weft.engine.task;

import dev.weft.engine.TableRows;
import dev.weft.engine.model.EndpointStore.Registered;
import dev.weft.engine.model.Json;
import dev.weft.engine.model.VersionChanges.Refused;
import dev.weft.engine.spi.EndpointServer;
import dev.weft.engine.spi.EndpointServer.Served;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.RowPredictor;
import dev.weft.grammar.ErrorCode;
import dev.weft.planner.plan.StatementPlan.ServePlan;
import dev.weft.planner.spi.Column;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** SERVE: an endpoint that has answered one row over HTTP before the statement ends. */
final class ServeTask implements Task<ServePlan> {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("endpoint", "string", false),
          new Column("model", "string", false),
          new Column("url", "string", false),
          new Column("request", "string", false),
          new Column("answer", "string", false));

  @Override
  public Outcome run(ServePlan plan, TaskContext context) {
    ModelFiles files = context.parts().predictors().files(plan.model(), context.run());
    EndpointServer server = context.parts().endpoints().get();
    URI url = server.serve(plan.endpoint(), served(files, context), context.run());
    int version = files.version();
    var manifest = context.parts().store().manifest(files.name(), version);
    String request = Json.line(List.of(manifest.example()));
    String answer = SelfTest.post(url, server.token(), request, plan);
    register(plan, files, context);
    context.listener().note("answer of " + plan.endpoint() + ": " + answer);
    context.listener().note(SelfTest.curl(url, server.token(), request));
    context.listener().produced("endpoint " + plan.endpoint(), url.toString());
    String model = files.name() + "@" + version;
    return Outcome.answer(
        "endpoint " + plan.endpoint() + " of " + model,
        TableRows.of(
            COLUMNS, List.of(List.of(plan.endpoint(), model, url.toString(), request, answer))));
  }

  @Override
  public Schema schema(ServePlan plan, TaskContext context) {
    return TableRows.schema(COLUMNS);
  }

  private static Served served(ModelFiles files, TaskContext context) {
    RowPredictor predictor =
        context.parts().predictors().rows(files, context.parts().lasting(), context.run());
    return new Served(files.name(), files.version(), files.signature(), predictor);
  }

  /** Registered only after it has answered, so a project never lists what cannot be served. */
  private static void register(ServePlan plan, ModelFiles files, TaskContext context) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Registered endpoint = new Registered(plan.endpoint(), files.name(), files.version(), now);
    try {
      context.parts().store().changes().serve(endpoint);
    } catch (IOException | Refused e) {
      throw ErrorCode.SERVE_FAILED.failure(
          plan.span(), plan.endpoint(), String.valueOf(e.getMessage()));
    }
  }
}

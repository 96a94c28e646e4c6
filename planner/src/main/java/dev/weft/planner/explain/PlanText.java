package dev.weft.planner.explain;

import dev.weft.grammar.ast.Save;
import dev.weft.planner.param.ParamText;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.AssertPlan;
import dev.weft.planner.plan.StatementPlan.DeclareParamPlan;
import dev.weft.planner.plan.StatementPlan.DescribeModelPlan;
import dev.weft.planner.plan.StatementPlan.ExplainPlan;
import dev.weft.planner.plan.StatementPlan.LoadPlan;
import dev.weft.planner.plan.StatementPlan.PythonPlan;
import dev.weft.planner.plan.StatementPlan.QueryPlan;
import dev.weft.planner.plan.StatementPlan.SavePlan;
import dev.weft.planner.plan.StatementPlan.ServePlan;
import dev.weft.planner.plan.StatementPlan.SparkPlan;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.Transform;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;

/** The text of a statement's plan. */
public final class PlanText {

  private final Path folder;

  private final Map<RelNode, Measured> steps;

  private PlanText(Path folder, Map<RelNode, Measured> steps) {
    this.folder = folder;
    this.steps = steps;
  }

  /** The text with what each step did when it ran. */
  public static String measured(StatementPlan plan, Path folder, Map<RelNode, Measured> steps) {
    return new PlanText(folder, steps).text(plan);
  }

  /** The text; paths below {@code folder} are shown relative to it. */
  public static String of(StatementPlan plan, Path folder) {
    return new PlanText(folder, Map.of()).text(plan);
  }

  private String text(StatementPlan plan) {
    if (plan instanceof QueryPlan query) {
      return query
          .name()
          .map(name -> "Name " + name + "\n" + under(query.plan()))
          .orElseGet(() -> tree(query.plan()));
    }
    if (plan instanceof LoadPlan load) {
      return "Name " + load.name() + "\n" + under(load.plan());
    }
    if (plan instanceof SavePlan save) {
      return save(save);
    }
    if (plan instanceof TrainPlan train) {
      return train(train);
    }
    if (plan instanceof PythonPlan python) {
      return "Name "
          + python.name()
          + "\n  "
          + python.program().describe()
          + python.inputs().stream()
              .map(input -> "\n" + under(input).indent(2).stripTrailing())
              .collect(Collectors.joining());
    }
    if (plan instanceof AssertPlan check) {
      return "Assert " + check.condition() + "\n" + under(check.plan());
    }
    if (plan instanceof ServePlan serve) {
      return "Serve " + serve.model() + " as " + serve.endpoint();
    }
    if (plan instanceof DescribeModelPlan describe) {
      return "Describe model " + describe.model();
    }
    Optional<String> change = ModelChanges.text(plan, folder);
    if (change.isPresent()) {
      return change.get();
    }
    if (plan instanceof DeclareParamPlan declare) {
      return "Declare " + declare.value().name() + " = " + ParamText.of(declare.value()).strip();
    }
    if (plan instanceof SparkPlan spark) {
      return "Spark statement: " + spark.text();
    }
    return plan instanceof ExplainPlan explain ? explain.text() : "No plan: " + kind(plan);
  }

  private static String kind(StatementPlan plan) {
    return plan.getClass().getSimpleName().replace("Plan", "").toLowerCase(Locale.ROOT);
  }

  private String save(SavePlan save) {
    String mode =
        save.mode() == Save.Mode.ERRORIFEXISTS ? "" : save.mode().name().toLowerCase(Locale.ROOT);
    String partitions =
        save.partitionBy().isEmpty() ? "" : " by " + String.join(", ", save.partitionBy());
    return "Save "
        + (mode.isEmpty() ? "" : mode + " ")
        + save.target().format()
        + " "
        + PlanPrinter.path(save.target().path(), folder)
        + partitions
        + "\n"
        + under(save.plan());
  }

  private static void transform(Transform transform, StringBuilder text) {
    transform.written().forEach(one -> text.append("  transform ").append(one).append('\n'));
    for (int i = 0; i < transform.fitted().size(); i++) {
      text.append("  fit ").append(Transform.fitted(i)).append(" = ");
      text.append(transform.fitted().get(i).aggregate()).append('\n');
    }
  }

  private String train(TrainPlan train) {
    ModelSignature signature = train.model().signature();
    String options =
        new TreeMap<>(train.options())
            .entrySet().stream()
                .map(option -> option.getKey() + " = " + option.getValue())
                .collect(Collectors.joining(", "));
    String features =
        signature.features().stream()
            .map(f -> f.name() + " " + f.kind().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    StringBuilder text = new StringBuilder("Train " + train.model());
    text.append(" with ").append(train.algorithm().name());
    text.append(" on ").append(train.algorithm().where()).append('\n');
    text.append("  task ").append(signature.task().name().toLowerCase(Locale.ROOT)).append('\n');
    signature
        .label()
        .ifPresent(l -> text.append("  label ").append(l.name() + " " + l.type()).append('\n'));
    text.append("  features ").append(features).append('\n');
    signature.transform().ifPresent(transform -> transform(transform, text));
    if (!options.isEmpty()) {
      text.append("  options ").append(options).append('\n');
    }
    text.append("  split ").append(train.split()).append(", seed ").append(train.seed());
    text.append('\n').append(under(train.training()));
    train.validation().ifPresent(v -> text.append("\n  validated on\n").append(under(v)));
    return text.toString();
  }

  private String under(RelNode plan) {
    return tree(plan).indent(2).stripTrailing();
  }

  private String tree(RelNode plan) {
    return new PlanPrinter(folder, steps).print(plan);
  }
}

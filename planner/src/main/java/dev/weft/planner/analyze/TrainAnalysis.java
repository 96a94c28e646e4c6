package dev.weft.planner.analyze;

import dev.weft.grammar.Diagnostic;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Relation;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.plan.PlannedModel;
import dev.weft.planner.plan.StatementPlan;
import dev.weft.planner.plan.StatementPlan.TrainPlan;
import dev.weft.planner.plan.TrainReport;
import dev.weft.planner.query.RawSplit;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.rel.RelNode;

/** TRAIN: what is learnt from what, by which algorithm, with which options. */
final class TrainAnalysis {

  private static final long DEFAULT_SEED = 42;

  private final ScriptState state;

  TrainAnalysis(ScriptState state) {
    this.state = state;
  }

  StatementPlan plan(Train written) {
    List<Diagnostic> errors = new ArrayList<>();
    AlgorithmDeclaration algorithm = algorithm(written);
    RelNode input = relation(written.input());
    Train train = byzer(written, algorithm, input);
    AlgorithmOptions options =
        new AlgorithmOptions(algorithm, input.getRowType().getFieldNames(), state, errors)
            .check(train.options());
    double split = split(train, errors);
    new SplitRule(train, options.values(), errors).check(options, input, split);
    Resources resources = Resources.of(train.using(), errors);
    refuseWorkers(resources, algorithm, train, errors);
    TransformAnalysis transform = new TransformAnalysis(train, state, errors);
    Optional<TransformAnalysis.Made> computed = transform.make(input);
    if (!train.transform().isEmpty() && computed.isEmpty()) {
      throw new WeftException(errors);
    }
    TrainingRelation training =
        new TrainingRelation(train, algorithm, options, computed, state, errors);
    Optional<TrainingRelation.Made> made = training.make(input);
    made.ifPresent(found -> refuseTest(train, found.signature().task(), errors));
    if (!errors.isEmpty() || made.isEmpty()) {
      throw new WeftException(errors);
    }
    Optional<RelNode> validation =
        train.validation().map(this::relation).map(rows -> training.again(rows, made.get()));
    if (!errors.isEmpty()) {
      throw new WeftException(errors);
    }
    TrainingRows rows =
        rows(train, input, options, split, training, made.get(), validation, computed);
    PlannedModel model = PlannedModel.toBeTrained(train.model().text(), made.get().signature());
    state.overlay().define(model, split > 0 || validation.isPresent());
    return new TrainPlan(
        train.span(),
        model,
        algorithm,
        rows.training(),
        rows.validation(),
        rows.fits(),
        options.values(),
        split,
        seed(train),
        resources.timeout(),
        resources.workers(),
        resources.gpus(),
        train.input().span().text(),
        train.label().map(Item::span).orElse(train.span()),
        report(train),
        train.result().map(name -> name.text()));
  }

  private TrainingRows rows(
      Train train,
      RelNode input,
      AlgorithmOptions options,
      double split,
      TrainingRelation training,
      TrainingRelation.Made made,
      Optional<RelNode> validation,
      Optional<TransformAnalysis.Made> transform) {
    if (transform.isEmpty()) {
      return TrainingRows.plain(made.relation(), validation);
    }
    if (split <= 0) {
      return TrainingRows.whole(train, input, made, validation, transform.get(), state);
    }
    RelNode labelled = training.labelled(input);
    RawSplit.Asked asked =
        TrainingRows.asked(
            labelled,
            transform.get().transform().inputs(),
            training.labelColumn(input),
            options.values(),
            split,
            seed(train));
    RawSplit raw = state.queries().transformed().split(labelled, asked);
    return TrainingRows.split(train, input, training, made, transform.get(), raw, state);
  }

  private Train byzer(Train train, AlgorithmDeclaration algorithm, RelNode input) {
    List<String> columns = input.getRowType().getFieldNames();
    return state.context().byzer()
        ? new ByzerTrain(algorithm, columns, state.warnings()).read(train)
        : train;
  }

  private AlgorithmDeclaration algorithm(Train train) {
    String name = train.algorithm().text();
    Span place = train.algorithm().span();
    AlgorithmDeclaration found =
        state
            .outside()
            .algorithms()
            .find(name)
            .orElseThrow(
                () ->
                    ErrorCode.ALGORITHM_NOT_FOUND.failure(
                        place,
                        name,
                        Nearest.hintOrList(name, state.outside().algorithms().names())));
    if (found.problem().isPresent()) {
      throw ErrorCode.ALGORITHM_BROKEN.failure(place, name, found.problem().get());
    }
    return found;
  }

  /** Spark's own algorithms are spread over its executors anyway. */
  private void refuseWorkers(
      Resources resources, AlgorithmDeclaration algorithm, Train train, List<Diagnostic> errors) {
    if (resources.workers() > 1 && !algorithm.distributed() && algorithm.where().equals("ray")) {
      List<String> others =
          state.outside().algorithms().all().stream()
              .filter(AlgorithmDeclaration::distributed)
              .filter(other -> other.features().equals(algorithm.features()))
              .map(AlgorithmDeclaration::name)
              .toList();
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              train.using().orElseThrow().span(),
              "the algorithm "
                  + algorithm.name()
                  + " trains on one worker; leave WORKERS out, or use one of: "
                  + String.join(", ", others)));
    }
  }

  private static void refuseTest(Train train, Task task, List<Diagnostic> errors) {
    Optional<Span> place =
        train
            .split()
            .map(Literal::span)
            .or(() -> train.validation().map(relation -> relation.span()));
    if (!task.testable() && place.isPresent()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              place.get(),
              train.algorithm().text()
                  + " answers nothing that rows held out could test; leave "
                  + (train.split().isPresent() ? "SPLIT" : "VALIDATE ON")
                  + " out"));
    }
  }

  private RelNode relation(Relation relation) {
    if (relation instanceof Relation.Table table) {
      List<String> name = List.of(table.name().text().split("\\."));
      return state.queries().table(name, table.span(), state);
    }
    Relation.Subquery query = (Relation.Subquery) relation;
    return state.queries().plan(query.tree(), query.span().source(), state);
  }

  private static double split(Train train, List<Diagnostic> errors) {
    if (train.split().isEmpty()) {
      return 0;
    }
    Literal literal = train.split().get();
    if (train.validation().isPresent()) {
      errors.add(
          ErrorCode.INVALID_CLAUSE.at(
              literal.span(), "SPLIT and VALIDATE ON both say what to test on; keep one of them"));
    }
    double split = literal instanceof Literal.Fraction f ? f.value().doubleValue() : 0;
    if (split <= 0 || split >= 1) {
      errors.add(
          ErrorCode.OPTION_VALUE.at(
              literal.span(),
              "SPLIT",
              "a fraction between 0 and 1, the part held out",
              Options.written(literal)));
    }
    return split;
  }

  private long seed(Train train) {
    if (train.seed().isEmpty()) {
      return state.context().seed().orElse(DEFAULT_SEED);
    }
    if (train.seed().get() instanceof Literal.Whole whole) {
      return whole.value().longValue();
    }
    Literal seed = train.seed().get();
    throw ErrorCode.OPTION_VALUE.failure(
        seed.span(), "SEED", "a whole number", Options.written(seed));
  }

  private TrainReport report(Train train) {
    TrainReport report = new TrainReport();
    report.readThrough(ReportRelation.of(report, train.model().text(), state.cluster()));
    train.result().ifPresent(name -> state.overlay().define(name.text(), report.relation()));
    return report;
  }

  /** What USING asks for; no worker and one are the same: what trains has no others beside it. */
  private record Resources(int workers, double gpus, OptionalDouble timeout) {

    static Resources of(Optional<Train.Resources> using, List<Diagnostic> errors) {
      if (using.isEmpty()) {
        return new Resources(1, 0, OptionalDouble.empty());
      }
      double workers =
          using.get().workers().map(w -> number("WORKERS", w, true, errors)).orElse(1.0);
      double gpus = using.get().gpu().map(g -> number("GPU", g, false, errors)).orElse(0.0);
      OptionalDouble timeout =
          using.get().timeout().map(OptionalDouble::of).orElse(OptionalDouble.empty());
      return new Resources(Math.max(1, (int) workers), gpus, timeout);
    }

    private static double number(
        String clause, Literal literal, boolean whole, List<Diagnostic> errors) {
      if (literal instanceof Literal.Whole n
          && n.value().signum() >= 0
          && n.value().bitLength() < 16) {
        return n.value().doubleValue();
      } else if (!whole && literal instanceof Literal.Fraction f && f.value().signum() > 0) {
        return f.value().doubleValue();
      }
      String wanted = whole ? "a whole number from 0" : "a number from 0";
      errors.add(
          ErrorCode.OPTION_VALUE.at(literal.span(), clause, wanted, Options.written(literal)));
      return 1;
    }
  }
}

package dev.weft.planner.plan;

import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.AlgorithmDeclaration;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.portable.PortableTransform;
import dev.weft.planner.spi.FileSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;

/** A statement whose names, types and options are resolved: what the engine runs. */
public sealed interface StatementPlan {

  /** The statement's place, for run-time errors. */
  Span span();

  /** Rows that have a name from here on; nothing runs. */
  record LoadPlan(Span span, String name, FileSource source, RelNode plan)
      implements StatementPlan {}

  /**
   * A query; without a name its rows are shown.
   *
   * @param shown whether its rows are shown although they have a name, as those of EVALUATE are
   */
  record QueryPlan(Span span, Optional<String> name, boolean shown, RelNode plan)
      implements StatementPlan {}

  /**
   * Training.
   *
   * @param training the features in order, then the label when there is one; its field names are
   *     those of the signature
   * @param validation rows of the same shape, from VALIDATE ON
   * @param fits what TRANSFORM fits before the training relation can be computed
   * @param options every option the user set, checked, under its canonical name: Long, Double,
   *     Boolean or String
   * @param split the fraction held out, 0 for none
   * @param timeout seconds
   * @param query the text of the training relation, for the manifest
   * @param labelSpan where errors about the label point to
   * @param report where the engine puts the report's rows, which {@code result} reads
   */
  record TrainPlan(
      Span span,
      PlannedModel model,
      AlgorithmDeclaration algorithm,
      RelNode training,
      Optional<RelNode> validation,
      TransformFits fits,
      Map<String, Object> options,
      double split,
      long seed,
      OptionalDouble timeout,
      int workers,
      double gpus,
      String query,
      Span labelSpan,
      TrainReport report,
      Optional<String> result)
      implements StatementPlan {

    /** The same on other relations. */
    public TrainPlan with(UnaryOperator<RelNode> other) {
      return new TrainPlan(
          span,
          model,
          algorithm,
          other.apply(training),
          validation.map(other),
          fits.with(other),
          options,
          split,
          seed,
          timeout,
          workers,
          gpus,
          query,
          labelSpan,
          report,
          result);
    }

    /** How many of the relations are what it learns from and is tested on; these come first. */
    public int told() {
      return validation.isPresent() ? 2 : 1;
    }

    /** Everything that it reads. */
    public List<RelNode> relations() {
      return Stream.of(Stream.of(training), validation.stream(), fits.relations())
          .flatMap(relations -> relations)
          .toList();
    }
  }

  /**
   * Python code that runs when it is reached: over whole tables, or to learn its columns.
   *
   * @param inputs what it reads, optimised with the plans around it
   * @param given the same as later plans may read it
   * @param result where the engine puts the handle to the rows, which {@code rows} reads
   * @param rows the rows, where their columns are declared
   */
  record PythonPlan(
      Span span,
      String name,
      PythonProgram program,
      List<RelNode> inputs,
      List<RelNode> given,
      PythonResult result,
      Optional<RelNode> rows)
      implements StatementPlan {

    /** Copies the list. */
    public PythonPlan {
      inputs = List.copyOf(inputs);
      given = List.copyOf(given);
    }

    /** The same on other relations. */
    public PythonPlan with(List<RelNode> read) {
      return new PythonPlan(span, name, program, read, given, result, rows);
    }
  }

  /**
   * A function whose code is Python.
   *
   * @param place where its name stands
   * @param name with its database, where that is written
   */
  record CreateFunctionPlan(
      Span span,
      Span place,
      String name,
      PythonUdf function,
      boolean replace,
      boolean temporary,
      boolean ifNotExists)
      implements StatementPlan {}

  /** Writing a table out. */
  record SavePlan(
      Span span, RelNode plan, Save.Mode mode, FileSource target, List<String> partitionBy)
      implements StatementPlan {}

  /** Making a model an HTTP endpoint. */
  record ServePlan(Span span, PlannedModel model, String endpoint, Map<String, Object> options)
      implements StatementPlan {}

  /** Ending an endpoint. */
  record UnservePlan(Span span, String endpoint) implements StatementPlan {}

  /** An alias that stands for a version from here on, or without one for none. */
  record AlterModelPlan(Span span, String model, String alias, Optional<ModelVersion> version)
      implements StatementPlan {}

  /** The name of a model stands for an older version. */
  record RollbackModelPlan(Span span, ModelVersion from, ModelVersion to)
      implements StatementPlan {}

  /**
   * Removing versions of a model.
   *
   * @param what decides what happens with those that are in use
   * @param versions what to remove; none where there is no such model and none need be
   */
  record DropModelPlan(Span span, String model, Dropping what, List<ModelVersion> versions)
      implements StatementPlan {

    /** Copies the list. */
    public DropModelPlan {
      versions = List.copyOf(versions);
    }

    /** What a DROP MODEL names. */
    public enum Dropping {
      /** The model, with whatever versions it has when the statement runs. */
      MODEL,
      /** One version, which must not be in use. */
      VERSION,
      /** Old versions, but for those in use. */
      OLD
    }
  }

  /**
   * Writing a model into a file for others.
   *
   * @param transform what is computed in front of the model, where the format needs to be told
   */
  record ExportModelPlan(
      Span span,
      PlannedModel model,
      String format,
      Optional<PortableTransform> transform,
      ModelPlace target,
      boolean overwrite)
      implements StatementPlan {}

  /** Making the next version of a model from a file or folder. */
  record ImportModelPlan(Span span, String model, ModelPlace source, String written, Span place)
      implements StatementPlan {}

  /** SHOW MODELS. */
  record ShowModelsPlan(Span span) implements StatementPlan {}

  /** SHOW ENDPOINTS. */
  record ShowEndpointsPlan(Span span) implements StatementPlan {}

  /** SHOW ALGORITHMS. */
  record ShowAlgorithmsPlan(Span span) implements StatementPlan {}

  /** DESCRIBE MODEL. */
  record DescribeModelPlan(Span span, PlannedModel model) implements StatementPlan {}

  /** DESCRIBE ALGORITHM. */
  record DescribeAlgorithmPlan(Span span, AlgorithmDeclaration algorithm)
      implements StatementPlan {}

  /** SET weft.key = value; the setting applies to planning from the next statement on. */
  record SetPlan(Span span, String key, Object value) implements StatementPlan {}

  /** DECLARE PARAM: the value that the name has from here on. */
  record DeclareParamPlan(Span span, ParamValue value) implements StatementPlan {}

  /** ASSERT: one row, one boolean column. */
  record AssertPlan(Span span, RelNode plan, String condition, Optional<String> message)
      implements StatementPlan {}

  /**
   * EXPLAIN of a planned statement.
   *
   * @param folder the folder that paths are shown relative to
   * @param text the planner's own account of it (PLAN and LINEAGE)
   */
  record ExplainPlan(Span span, Explain.Mode mode, StatementPlan plan, Path folder, String text)
      implements StatementPlan {}

  /** A statement of Spark's own; {@code columns} of its rows are known once it has run. */
  record SparkPlan(Span span, String text) implements StatementPlan {}
}

package dev.weft.planner.analyze;

import dev.weft.grammar.Span;
import dev.weft.grammar.ast.Assert;
import dev.weft.grammar.ast.DeclareParam;
import dev.weft.grammar.ast.ExportModel;
import dev.weft.grammar.ast.ImportModel;
import dev.weft.grammar.ast.Include;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Option;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Python;
import dev.weft.grammar.ast.Save;
import dev.weft.grammar.ast.Serve;
import dev.weft.grammar.ast.SetOption;
import dev.weft.grammar.ast.Statement;
import dev.weft.grammar.ast.Train;
import dev.weft.planner.param.ParamValue;
import dev.weft.planner.param.Parameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** A statement with the values of parameters where {@code :name} stands for a literal. */
final class BoundLiterals {

  private final Parameters parameters;

  BoundLiterals(Parameters parameters) {
    this.parameters = parameters;
  }

  /** Java 17 has no pattern switch: one line for each kind that holds literals. */
  Statement in(Statement statement) {
    if (statement instanceof Load s) return in(s);
    if (statement instanceof Save s) return in(s);
    if (statement instanceof Train s) return in(s);
    if (statement instanceof Predict s) return in(s);
    if (statement instanceof Python s) return in(s);
    if (statement instanceof Serve s)
      return new Serve(s.span(), s.model(), s.endpoint(), in(s.options()));
    if (statement instanceof ExportModel s)
      return new ExportModel(s.span(), s.overwrite(), s.model(), in(s.path()), s.format());
    if (statement instanceof ImportModel s)
      return new ImportModel(s.span(), s.model(), in(s.path()));
    if (statement instanceof SetOption s) return new SetOption(s.span(), s.key(), in(s.value()));
    if (statement instanceof Include s) return new Include(s.span(), in(s.path()));
    if (statement instanceof Assert s) return new Assert(s.span(), s.condition(), in(s.message()));
    if (statement instanceof DeclareParam s)
      return new DeclareParam(s.span(), s.name(), s.type(), in(s.value()));
    return statement;
  }

  private Load in(Load load) {
    return new Load(load.span(), load.format(), in(load.path()), in(load.options()), load.result());
  }

  private Save in(Save save) {
    return new Save(
        save.span(),
        save.mode(),
        save.input(),
        save.format(),
        in(save.path()),
        in(save.options()),
        save.partitionBy());
  }

  private Predict in(Predict predict) {
    return new Predict(
        predict.span(),
        predict.input(),
        predict.algorithm(),
        predict.model(),
        in(predict.options()),
        predict.result());
  }

  private Python in(Python python) {
    return new Python(
        python.span(),
        python.inputs(),
        python.per(),
        python.result(),
        python.schema(),
        in(python.options()),
        python.setup(),
        python.code());
  }

  private Train in(Train train) {
    return new Train(
        train.span(),
        train.input(),
        train.algorithm(),
        train.model(),
        train.label(),
        train.features(),
        in(train.options()),
        train.transform(),
        in(train.split()),
        train.validation(),
        in(train.seed()),
        train
            .using()
            .map(
                using ->
                    new Train.Resources(
                        using.span(), in(using.gpu()), in(using.workers()), using.timeout())),
        train.result());
  }

  private List<Option> in(List<Option> options) {
    return options.stream().map(option -> new Option(option.key(), in(option.value()))).toList();
  }

  private Optional<Literal> in(Optional<Literal> literal) {
    return literal.map(this::in);
  }

  private Literal in(Literal literal) {
    if (literal instanceof Literal.Many many) {
      return new Literal.Many(many.span(), many.values().stream().map(this::in).toList());
    }
    return literal instanceof Literal.Parameter parameter
        ? literal(parameters.named(parameter.name(), parameter.span()), parameter.span())
        : literal;
  }

  private static Literal literal(ParamValue value, Span place) {
    if (value.text().isEmpty()) {
      return new Literal.Null(place);
    }
    String text = value.text().get();
    return switch (value.type()) {
      case "boolean" -> new Literal.Truth(place, text.equals("true"));
      case "tinyint", "smallint", "int", "bigint" -> new Literal.Whole(place, new BigInteger(text));
      case "string", "date", "timestamp", "timestamp_ntz" -> new Literal.Text(place, text);
      default ->
          text.chars().anyMatch(Character::isDigit)
              ? new Literal.Fraction(place, new BigDecimal(text))
              : new Literal.Text(place, text);
    };
  }
}

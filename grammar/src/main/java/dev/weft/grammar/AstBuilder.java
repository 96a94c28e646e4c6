package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.antlr.WeftParserBaseVisitor;
import dev.weft.grammar.ast.Assert;
import dev.weft.grammar.ast.DeclareParam;
import dev.weft.grammar.ast.DescribeAlgorithm;
import dev.weft.grammar.ast.DescribeModel;
import dev.weft.grammar.ast.Include;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Load;
import dev.weft.grammar.ast.Predict;
import dev.weft.grammar.ast.Python;
import dev.weft.grammar.ast.Save;
import dev.weft.grammar.ast.Serve;
import dev.weft.grammar.ast.SetOption;
import dev.weft.grammar.ast.ShowAlgorithms;
import dev.weft.grammar.ast.ShowEndpoints;
import dev.weft.grammar.ast.ShowModels;
import dev.weft.grammar.ast.Statement;
import dev.weft.grammar.ast.Unserve;
import java.util.Locale;
import java.util.Optional;

/** Turns the parse tree of a statement into its record, part by part; no logic lives here. */
final class AstBuilder extends WeftParserBaseVisitor<Statement> {

  private final PartReader read;
  private final QueryBuilder queries;
  private final TrainBuilder trainings;
  private final ModelBuilder models;

  AstBuilder(Source source) {
    this.read = new PartReader(source);
    this.queries = new QueryBuilder(source, read);
    this.trainings = new TrainBuilder(read);
    this.models = new ModelBuilder(read);
  }

  Statement statement(WeftParser.StatementContext tree) {
    return visit(tree.getChild(0));
  }

  @Override
  public Statement visitLoad(WeftParser.LoadContext tree) {
    return new Load(
        read.span(tree),
        read.name(tree.format),
        read.path(tree.path),
        read.options(tree.optionClause()),
        read.result(tree.results).orElseThrow());
  }

  @Override
  public Statement visitSave(WeftParser.SaveContext tree) {
    return new Save(
        read.span(tree),
        mode(tree.saveMode()),
        read.name(tree.input),
        read.name(tree.format),
        read.path(tree.path),
        read.options(tree.optionClause()),
        read.names(tree.names));
  }

  @Override
  public Statement visitTrain(WeftParser.TrainContext tree) {
    return trainings.train(tree);
  }

  @Override
  public Statement visitPredictStatement(WeftParser.PredictStatementContext tree) {
    return new Predict(
        read.span(tree),
        read.relation(tree.relationArgument()),
        read.name(tree.algorithm),
        read.name(tree.model),
        read.options(tree.optionClause()),
        read.result(tree.results).orElseThrow());
  }

  @Override
  public Statement visitPython(WeftParser.PythonContext tree) {
    return new Python(
        read.span(tree),
        tree.inputs.stream().map(read::name).toList(),
        tree.unit == null
            ? Python.Per.TABLE
            : Python.Per.valueOf(tree.unit.getText().toUpperCase(Locale.ROOT)),
        read.name(tree.result),
        Optional.ofNullable(tree.schema()).map(read::inBrackets),
        read.options(tree.optionClause()),
        Optional.ofNullable(tree.setup).map(read::code),
        read.code(tree.code));
  }

  @Override
  public Statement visitServe(WeftParser.ServeContext tree) {
    return new Serve(
        read.span(tree),
        read.model(tree.modelReference()),
        read.name(tree.endpoint),
        read.arguments(tree.arguments()));
  }

  @Override
  public Statement visitUnserve(WeftParser.UnserveContext tree) {
    return new Unserve(read.span(tree), read.name(tree.endpoint));
  }

  @Override
  public Statement visitAlterModel(WeftParser.AlterModelContext tree) {
    return models.alter(tree);
  }

  @Override
  public Statement visitRollbackModel(WeftParser.RollbackModelContext tree) {
    return models.rollback(tree);
  }

  @Override
  public Statement visitDropModel(WeftParser.DropModelContext tree) {
    return models.drop(tree);
  }

  @Override
  public Statement visitExportModel(WeftParser.ExportModelContext tree) {
    return models.export(tree);
  }

  @Override
  public Statement visitImportModel(WeftParser.ImportModelContext tree) {
    return models.imported(tree);
  }

  @Override
  public Statement visitShowModels(WeftParser.ShowModelsContext tree) {
    return new ShowModels(read.span(tree));
  }

  @Override
  public Statement visitShowEndpoints(WeftParser.ShowEndpointsContext tree) {
    return new ShowEndpoints(read.span(tree));
  }

  @Override
  public Statement visitShowAlgorithms(WeftParser.ShowAlgorithmsContext tree) {
    return new ShowAlgorithms(read.span(tree));
  }

  @Override
  public Statement visitDescribeModel(WeftParser.DescribeModelContext tree) {
    return new DescribeModel(read.span(tree), read.model(tree.modelReference()));
  }

  @Override
  public Statement visitDescribeAlgorithm(WeftParser.DescribeAlgorithmContext tree) {
    return new DescribeAlgorithm(read.span(tree), read.name(tree.algorithm));
  }

  @Override
  public Statement visitSetOption(WeftParser.SetOptionContext tree) {
    return new SetOption(read.span(tree), read.name(tree.key), read.value(tree.optionValue()));
  }

  @Override
  public Statement visitInclude(WeftParser.IncludeContext tree) {
    return new Include(read.span(tree), read.text(tree.path));
  }

  @Override
  public Statement visitAssertion(WeftParser.AssertionContext tree) {
    Item condition = new Item(read.span(tree.expression()), tree.expression(), Optional.empty());
    Optional<Literal> message = Optional.ofNullable(tree.message).map(read::text);
    return new Assert(read.span(tree), condition, message);
  }

  @Override
  public Statement visitDeclareParam(WeftParser.DeclareParamContext tree) {
    Optional<Literal> value =
        Optional.ofNullable(tree.defaultValue()).map(given -> read.literal(given.literal()));
    return new DeclareParam(
        read.span(tree), read.name(tree.parameterName), read.span(tree.dataType()), value);
  }

  @Override
  public Statement visitQueryStatement(WeftParser.QueryStatementContext tree) {
    return queries.query(tree);
  }

  private static Save.Mode mode(WeftParser.SaveModeContext tree) {
    return tree == null
        ? Save.Mode.ERRORIFEXISTS
        : Save.Mode.valueOf(tree.getText().toUpperCase(Locale.ROOT));
  }
}

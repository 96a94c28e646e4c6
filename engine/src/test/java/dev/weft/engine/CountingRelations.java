package dev.weft.engine;

import dev.weft.engine.spi.RelationalBackend;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.ast.Explain;
import dev.weft.grammar.ast.Save;
import dev.weft.planner.plan.StatementPlan.CreateFunctionPlan;
import dev.weft.planner.rel.SharedTable;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.FileSource;
import dev.weft.planner.spi.RelationalCatalog;
import dev.weft.planner.spi.StatementEffect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.RelNode;

/** One table {@code t(a int)}, no rows, and how often planning has asked. */
final class CountingRelations implements RelationalBackend, RelationalCatalog {

  private static final Schema NOTHING = new Schema(List.of());

  /** Once for each time that a query over {@code t} is analysed. */
  int queries;

  /** Once for each time that a statement of Spark's own is foreseen. */
  int foreseen;

  @Override
  public boolean isStored(String name) {
    return name.equals("t");
  }

  @Override
  public Optional<List<Column>> tableColumns(String name) {
    if (!name.equals("t")) {
      return Optional.empty();
    }
    queries++;
    return Optional.of(List.of(new Column("a", "int", true)));
  }

  @Override
  public StatementEffect effect(String text, Map<String, RelNode> tables) {
    foreseen++;
    return text.startsWith("insert")
        ? new StatementEffect.Nothing()
        : new StatementEffect.Unknown();
  }

  @Override
  public RelationalCatalog catalog() {
    return this;
  }

  @Override
  public Rows rows(RelNode plan, Run run) {
    return TableRows.none();
  }

  @Override
  public Rows sql(String text, Map<String, RelNode> tables, Run run) {
    return TableRows.none();
  }

  @Override
  public void parse(String text) {}

  @Override
  public List<String> formats() {
    return List.of();
  }

  @Override
  public List<Column> columnsOf(FileSource source) {
    return List.of();
  }

  @Override
  public List<String> tableNames() {
    return List.of("t");
  }

  @Override
  public boolean functionExists(String name) {
    return false;
  }

  @Override
  public boolean isUserFunction(String name) {
    return false;
  }

  @Override
  public FunctionKind functionKind(String name) {
    return FunctionKind.SCALAR;
  }

  @Override
  public List<String> functionNames() {
    return List.of();
  }

  @Override
  public Column callType(String function, List<Argument> arguments, boolean distinct) {
    return new Column(function, "int", true);
  }

  @Override
  public Column expressionType(String text, List<Argument> arguments) {
    return new Column(text, "int", true);
  }

  @Override
  public Optional<String> columnName(String expression, Set<String> structs) {
    return Optional.empty();
  }

  @Override
  public List<Column> generatedColumns(String function, List<Argument> arguments) {
    return List.of();
  }

  @Override
  public AnalyzedText analyze(String text, Map<String, RelNode> tables) {
    throw new UnsupportedOperationException(text);
  }

  @Override
  public Schema schema(RelNode plan) {
    return NOTHING;
  }

  @Override
  public void save(
      RelNode plan, FileSource target, Save.Mode mode, List<String> partitionBy, Run run) {}

  @Override
  public void createFunction(CreateFunctionPlan plan, Run run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TrainingData tableData(RelNode plan, Run run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TrainingData trainingData(RelNode plan, long seed, Run run) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String explain(RelNode plan, Explain.Mode mode, Run run) {
    return "";
  }

  @Override
  public Analyzed analyze(RelNode plan, Run run) {
    return new Analyzed(0, 0, Map.of());
  }

  @Override
  public void release(List<SharedTable> tables) {}

  @Override
  public void cancel(String runId) {}

  @Override
  public void close() {}
}

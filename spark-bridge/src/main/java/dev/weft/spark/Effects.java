package dev.weft.spark;

import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.StatementEffect;
import dev.weft.planner.spi.StatementEffect.IfThere;
import dev.weft.planner.spi.StatementEffect.Makes;
import dev.weft.planner.spi.StatementEffect.Nothing;
import dev.weft.planner.spi.StatementEffect.Removes;
import dev.weft.planner.spi.StatementEffect.Unknown;
import dev.weft.planner.spi.StatementEffect.Writes;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.CatalystPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.calcite.rel.RelNode;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.AlterViewAs;
import org.apache.spark.sql.catalyst.plans.logical.CacheTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.CompoundBody;
import org.apache.spark.sql.catalyst.plans.logical.CreateTable;
import org.apache.spark.sql.catalyst.plans.logical.CreateTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.CreateView;
import org.apache.spark.sql.catalyst.plans.logical.DropTable;
import org.apache.spark.sql.catalyst.plans.logical.DropView;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.execution.command.CreateTableLikeCommand;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;

/**
 * What a parsed statement of Spark's own is going to change. Where that is not plain from its text,
 * it is unknown: a script is better checked later than wrongly.
 */
final class Effects {

  /** Kinds of statements that change no name and no column, by their first words. */
  private static final Pattern READS =
      Pattern.compile("(Show|Describe|Explain|Analyze|Refresh|List|Uncache|ClearCache|Comment).*");

  private static final Pattern LOOKS = Pattern.compile("(Show|Describe|Explain|List).*");

  private static final Set<String> KEEPS_COLUMNS =
      Set.of(
          "AddPartitions",
          "CacheTable",
          "CreateNamespace",
          "DeleteFromTable",
          "DropPartitions",
          "LoadData",
          "MergeIntoTable",
          "RenamePartitions",
          "RepairTable",
          "SetTableLocation",
          "SetTableProperties",
          "SetTableSerDeProperties",
          "SetViewProperties",
          "TruncatePartition",
          "TruncateTable",
          "UnsetTableProperties",
          "UnsetViewProperties",
          "UpdateTable");

  /** Settings that decide how work is done, and never what a statement means. */
  private static final Pattern TUNING =
      Pattern.compile(
          "(?i)spark\\.(?!sql\\.).*|spark\\.sql\\.(adaptive|autoBroadcast|broadcast|files|join"
              + "|inMemoryColumnarStorage|optimizer|parquet|orc|shuffle|execution|cbo|codegen)\\b.*");

  private final Supplier<PlanBuilder> plans;
  private final ScriptTables tables;

  /** Whether a statement leaves names, columns, rows and the meaning of others as they are. */
  static boolean isNothing(LogicalPlan statement) {
    return statement instanceof SetCommand set
        ? setting(set) instanceof Nothing
        : LOOKS.matcher(statement.getClass().getSimpleName()).matches();
  }

  /** The plan builder is asked only for the columns of a query: it waits for Spark to start. */
  Effects(Supplier<PlanBuilder> plans, Map<String, RelNode> tables) {
    this.plans = plans;
    this.tables = new ScriptTables(tables);
  }

  StatementEffect of(LogicalPlan statement) {
    if (statement instanceof CreateView view) {
      return made(
          view.child(),
          columns(view.query(), view.userSpecifiedColumns()),
          ifThere(view.allowExisting(), view.replace()));
    }
    if (statement instanceof CreateViewCommand view) {
      List<Column> columns = columns(view.plan(), view.userSpecifiedColumns());
      return view.name().database().isDefined()
          ? new Unknown()
          : new Makes(view.name().table(), columns, temporary(view.allowExisting()));
    }
    if (statement instanceof CacheTableAsSelect cached) {
      return new Makes(
          cached.tempViewName(), columns(cached.plan(), Catalyst.seq(List.of())), IfThere.REPLACES);
    }
    if (statement instanceof CreateTableAsSelect table) {
      List<Column> columns = columns(table.query(), Catalyst.seq(List.of()));
      return made(table.name(), columns, ifThere(table.ignoreIfExists(), false));
    }
    if (statement instanceof CreateTable table) {
      StructType columns = table.tableSchema();
      return columns.isEmpty()
          ? new Unknown()
          : made(table.name(), Ddl.columns(columns), ifThere(table.ignoreIfExists(), false));
    }
    if (statement instanceof CreateTableLikeCommand like) {
      return like(like);
    }
    if (statement instanceof AlterViewAs view) {
      return made(view.child(), columns(view.query(), Catalyst.seq(List.of())), IfThere.REPLACES);
    }
    if (statement instanceof InsertIntoStatement insert) {
      return insert(insert);
    }
    if (statement instanceof DropTable drop) {
      return removed(drop.child(), drop.ifExists());
    }
    if (statement instanceof DropView drop) {
      return removed(drop.child(), drop.ifExists());
    }
    return statement instanceof SetCommand set ? setting(set) : other(statement);
  }

  private StatementEffect insert(InsertIntoStatement insert) {
    Optional<String> target = TargetNames.single(insert.table());
    if (target.filter(tables::has).isPresent()) {
      StructType columns =
          Ddl.struct(Objects.requireNonNull(tables.table(target.get())).getRowType());
      new InsertedColumns(insert, target.get(), columns).fit(schema(insert.query()));
    } else {
      check(insert);
    }
    return target.<StatementEffect>map(Writes::new).orElseGet(Nothing::new);
  }

  private StatementEffect like(CreateTableLikeCommand like) {
    TableIdentifier source = like.sourceTable();
    if (source.database().isDefined() || like.targetTable().database().isDefined()) {
      return new Unknown();
    }
    return new Makes(
        like.targetTable().table(),
        Ddl.columns(schema(CatalystPlans.relation(List.of(source.table())))),
        ifThere(like.ifNotExists(), false));
  }

  private static StatementEffect setting(SetCommand set) {
    boolean shown = set.kv().isEmpty() || set.kv().get()._2().isEmpty();
    return shown || TUNING.matcher(set.kv().get()._1()).matches() ? new Nothing() : new Unknown();
  }

  private StatementEffect other(LogicalPlan statement) {
    check(statement);
    Optional<ChangedColumns.Changed> changed =
        ChangedColumns.of(statement, table -> Ddl.columns(schema(table)));
    if (changed.isPresent()) {
      return new Makes(changed.get().table(), changed.get().columns(), IfThere.REPLACES);
    }
    String kind = statement.getClass().getSimpleName();
    return READS.matcher(kind).matches() || KEEPS_COLUMNS.contains(kind)
        ? new Nothing()
        : new Unknown();
  }

  /**
   * Asks Spark's analyser whether a command can be done, as far as that is known already: what the
   * script itself makes is not there yet.
   */
  private void check(LogicalPlan statement) {
    boolean there = TargetNames.of(statement).stream().noneMatch(tables::has);
    boolean command = statement instanceof Command || statement instanceof ParsedStatement;
    // A block's statements are analysed one by one, each when it is reached.
    if (there && command && !(statement instanceof CompoundBody)) {
      plans.get().check(new SparkQuery(statement, tables));
    }
  }

  private static StatementEffect made(LogicalPlan name, List<Column> columns, IfThere ifThere) {
    return TargetNames.single(name)
        .<StatementEffect>map(table -> new Makes(table, columns, ifThere))
        .orElseGet(Unknown::new);
  }

  private static StatementEffect removed(LogicalPlan name, boolean ifThere) {
    return TargetNames.single(name)
        .<StatementEffect>map(table -> new Removes(table, ifThere))
        .orElseGet(Unknown::new);
  }

  private static IfThere ifThere(boolean keeps, boolean replaces) {
    return keeps ? IfThere.KEEPS : replaces ? IfThere.REPLACES : IfThere.FAILS;
  }

  /** A temporary view may hide a table of its name, and is gone with the session. */
  private static IfThere temporary(boolean keeps) {
    return keeps ? IfThere.KEEPS : IfThere.REPLACES;
  }

  /** The columns of a query, under the names that the statement gives them. */
  private List<Column> columns(LogicalPlan query, Seq<Tuple2<String, Option<String>>> names) {
    List<Column> columns = Ddl.columns(schema(query));
    if (names.isEmpty()) {
      return columns;
    }
    List<Column> renamed = new ArrayList<>();
    for (int i = 0; i < Math.min(columns.size(), names.size()); i++) {
      Column column = columns.get(i);
      renamed.add(new Column(names.apply(i)._1(), column.type(), column.nullable()));
    }
    return renamed;
  }

  /** The columns of a query, or of the table that a node names. */
  private StructType schema(LogicalPlan node) {
    List<String> name = TargetNames.parts(node);
    PlanBuilder builder = plans.get();
    LogicalPlan query = name.isEmpty() ? node : CatalystPlans.relation(name);
    return builder.dataset(builder.logical(new SparkQuery(query, tables))).schema();
  }
}

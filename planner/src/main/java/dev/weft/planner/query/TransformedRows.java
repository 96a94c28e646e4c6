package dev.weft.planner.query;

import dev.weft.grammar.Quotes;
import dev.weft.grammar.ScriptParser;
import dev.weft.grammar.Source;
import dev.weft.grammar.ast.Query;
import dev.weft.planner.model.FeatureCasts;
import dev.weft.planner.rel.LateRows;
import dev.weft.planner.rel.LateValue;
import dev.weft.planner.spi.Column;
import dev.weft.planner.spi.ModelSignature.Feature;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.spi.Transform;
import dev.weft.planner.types.SparkTypes;
import dev.weft.planner.validate.Rels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/** Raw rows with what a TRANSFORM computes from them. */
public final class TransformedRows {

  /** The name of the column of {@link #given} that numbers its rows. */
  public static final String NUMBER = "__weft_row";

  static final String ROWS = "__weft_rows";
  static final String KEPT = "__weft_in_";
  private static final String MADE = "__weft_out_";

  private final QueryPlanner planner;
  private final RelOptCluster cluster;

  TransformedRows(QueryPlanner planner, RelOptCluster cluster) {
    this.planner = planner;
    this.cluster = cluster;
  }

  /** Rows that are divided before anything is computed from them. */
  public RawSplit split(RelNode input, RawSplit.Asked asked) {
    return new RawSplit(this, new FeatureCasts(rex(), planner.functions()), input, asked);
  }

  /** The name of the column behind the input's own that holds an expression's value. */
  public static String column(int expression) {
    return MADE + expression;
  }

  /**
   * The input's columns, then one per expression of the transform.
   *
   * @param input has the columns that the transform reads, by name
   * @param fitted gives the fitted values as text
   * @param model what they belong to, for plans that are shown
   */
  public RelNode over(
      RelNode input, Transform transform, IntFunction<@Nullable String> fitted, String model) {
    List<RelDataTypeField> own = input.getRowType().getFieldList();
    List<String> items =
        IntStream.range(0, own.size())
            .mapToObj(i -> KEPT + i)
            .collect(Collectors.toCollection(ArrayList::new));
    for (int i = 0; i < transform.expressions().size(); i++) {
      items.add(transform.expressions().get(i) + " AS " + column(i));
    }
    RelNode rows = select(input, transform, fitted, model, items);
    RelBuilder builder = Rels.builder(cluster).push(rows);
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    for (int i = 0; i < transform.expressions().size(); i++) {
      names.add(column(i));
    }
    return builder.project(builder.fields(), names, true).build();
  }

  /**
   * Raw rows that are not in any table, as they come over HTTP: a number, then the columns that the
   * transform reads.
   *
   * @param rows asked when the query runs; after the number a Double, Boolean, String or null per
   *     column, times as seconds since 1970
   */
  public RelNode given(Transform transform, Supplier<List<List<Object>>> rows) {
    List<Column> columns = new ArrayList<>(List.of(new Column(NUMBER, "int", false)));
    List<String> items = new ArrayList<>(List.of(NUMBER));
    for (int i = 0; i < transform.inputs().size(); i++) {
      Feature input = transform.inputs().get(i);
      columns.add(new Column(KEPT + i, plain(input.kind()), true));
      items.add(typed(KEPT + i, input.type()) + " AS " + Quotes.quoted(input.name()));
    }
    RelNode late =
        new LateRows(
            cluster,
            cluster.traitSetOf(Convention.NONE),
            "rows of a request",
            rows,
            SparkTypes.row(columns, cluster.getTypeFactory()));
    return select(late, items);
  }

  /** One row of a table as {@link #given} takes it, without a number; empty if it has none. */
  public RelNode example(RelNode input, Transform transform) {
    FeatureCasts casts = new FeatureCasts(rex(), planner.functions());
    RelBuilder builder = Rels.builder(cluster).push(input).limit(0, 1);
    List<RexNode> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Feature feature : transform.inputs()) {
      RelDataTypeField field = input.getRowType().getField(feature.name(), false, false);
      int place = java.util.Objects.requireNonNull(field).getIndex();
      columns.add(casts.cast(builder.field(place), feature.kind()));
      names.add(feature.name());
    }
    return builder.project(columns, names, true).build();
  }

  /** What a model's runtime takes, from rows of {@link #over}: number, then features by kind. */
  public RelNode features(RelNode computed, List<Feature> features) {
    FeatureCasts casts = new FeatureCasts(rex(), planner.functions());
    RelBuilder builder = Rels.builder(cluster).push(computed);
    List<RexNode> columns = new ArrayList<>(List.of(builder.field(NUMBER)));
    List<String> names = new ArrayList<>(List.of(NUMBER));
    int first = computed.getRowType().getFieldCount() - features.size();
    for (int i = 0; i < features.size(); i++) {
      columns.add(casts.cast(builder.field(first + i), features.get(i).kind()));
      names.add(features.get(i).name());
    }
    return builder.project(columns, names, true).build();
  }

  private static String plain(FeatureKind kind) {
    return switch (kind) {
      case BOOLEAN -> "boolean";
      case CATEGORY, TEXT -> "string";
      case NUMBER, DATETIME -> "double";
      case NUMBERS -> "array<double>";
      case TEXTS -> "array<string>";
      case IMAGE -> "binary";
    };
  }

  private static String typed(String column, String type) {
    return switch (type) {
      case "date" -> "date_from_unix_date(CAST(" + column + " / 86400 AS INT))";
      case "timestamp" -> "timestamp_seconds(" + column + ")";
      case "timestamp_ntz" -> "CAST(timestamp_seconds(" + column + ") AS TIMESTAMP_NTZ)";
      default -> "CAST(" + column + " AS " + type + ")";
    };
  }

  /** A SELECT of items over raw rows and fitted values. */
  public RelNode select(
      RelNode input,
      Transform transform,
      IntFunction<@Nullable String> fitted,
      String model,
      List<String> items) {
    return select(prepared(input, transform, fitted, model), items);
  }

  private RelNode select(RelNode rows, List<String> items) {
    return plan(rows, "SELECT " + String.join(", ", items) + " FROM " + ROWS);
  }

  /** A query of our own that reads one table, {@link #ROWS}. */
  RelNode plan(RelNode rows, String text) {
    Source source = new Source(Source.TRANSFORM, text);
    Query query = (Query) ScriptParser.parse(source).orThrow().statements().get(0);
    return planner.plan(query.tree(), source, new OwnScope(ROWS, rows));
  }

  /** The input under names of ours, the columns that are read under their own, fitted values. */
  private RelNode prepared(
      RelNode input, Transform transform, IntFunction<@Nullable String> fitted, String model) {
    RelBuilder builder = Rels.builder(cluster).push(input);
    List<RexNode> columns = new ArrayList<>(builder.fields());
    List<String> names =
        IntStream.range(0, columns.size())
            .mapToObj(i -> KEPT + i)
            .collect(Collectors.toCollection(ArrayList::new));
    for (Feature feature : transform.inputs()) {
      columns.add(typed(builder, input, feature));
      names.add(feature.name());
    }
    for (int i = 0; i < transform.fitted().size(); i++) {
      int place = i;
      RelDataType type = type(transform.fitted().get(i).type());
      LateValue value =
          new LateValue("fitted_" + i + " of " + model, type, () -> fitted.apply(place));
      columns.add(rex().makeCall(type, value, List.of()));
      names.add(Transform.fitted(i));
    }
    return builder.project(columns, names, true).build();
  }

  /** As it was at training, so that expressions mean the same. */
  private RexNode typed(RelBuilder builder, RelNode input, Feature feature) {
    RelDataTypeField field = input.getRowType().getField(feature.name(), false, false);
    RexNode value = builder.field(java.util.Objects.requireNonNull(field).getIndex());
    return SparkTypes.text(value.getType()).equals(feature.type())
        ? value
        : rex().makeAbstractCast(type(feature.type()), value, false);
  }

  private RelDataType type(String ddl) {
    return SparkTypes.parse(ddl, cluster.getTypeFactory());
  }

  private RexBuilder rex() {
    return cluster.getRexBuilder();
  }
}

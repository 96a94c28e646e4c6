package dev.weft.planner.query;

import dev.weft.planner.model.FeatureCasts;
import dev.weft.planner.plan.FittedValues;
import dev.weft.planner.plan.TransformFits.Level;
import dev.weft.planner.rel.LateValue;
import dev.weft.planner.spi.ModelSignature.FeatureKind;
import dev.weft.planner.types.SparkTypes;
import dev.weft.planner.validate.Rels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/**
 * Raw rows that SPLIT divides before TRANSFORM is computed, so that nothing is fitted to those held
 * out. As the runtimes do it, by a hash of what is read of a row, of which copies have others.
 */
public final class RawSplit {

  private static final String KEY = "__weft_key";
  private static final String TEST = "__weft_test";
  private static final String LIMIT = "__weft_limit_";
  private static final String TIME = "__weft_time";
  private static final String GROUP = "__weft_group";

  /** Rows whose keys begin alike are sorted at once, so that no task has to sort all keys. */
  private static final int BITS_BELOW_A_BUCKET = 50;

  private final TransformedRows rows;
  private final FeatureCasts casts;
  private final RelNode input;
  private final Asked asked;
  private final FittedValues limits = new FittedValues();
  private final List<Level> levels;

  /**
   * What SPLIT and the options say.
   *
   * @param read the columns that tell rows apart
   * @param label rows where it is null do not count
   * @param by the column of times or groups, where the method has one
   * @param method as the option {@code split_method} names it
   */
  public record Asked(
      List<Integer> read,
      OptionalInt label,
      OptionalInt by,
      String method,
      double fraction,
      long seed) {

    /** Copies the list. */
    public Asked {
      read = List.copyOf(read);
    }
  }

  RawSplit(TransformedRows rows, FeatureCasts casts, RelNode input, Asked asked) {
    this.rows = rows;
    this.casts = casts;
    this.input = input;
    this.asked = asked;
    this.levels = levels();
  }

  /** What has to be known, in this order, before either part can be computed. */
  public List<Level> limits() {
    return levels;
  }

  /** The rows to learn from, with the columns of the input. */
  public RelNode train() {
    return part("NOT " + TEST);
  }

  /** The rows held out, with the columns of the input. */
  public RelNode test() {
    return part(TEST);
  }

  private RelNode part(String condition) {
    List<String> names = input.getRowType().getFieldNames();
    String items =
        IntStream.range(0, names.size()).mapToObj(RawSplit::own).collect(Collectors.joining(", "));
    String told = "SELECT *, coalesce(" + heldOut() + ", false) AS " + TEST + " FROM " + keyed();
    RelNode found =
        rows.plan(prepared(), "SELECT " + items + " FROM (" + told + ") WHERE " + condition);
    RelBuilder builder = Rels.builder(input.getCluster()).push(found);
    return builder.project(builder.fields(), names, true).build();
  }

  private String heldOut() {
    return switch (asked.method()) {
      case "stratified" ->
          "row_number() OVER (PARTITION BY %1$s ORDER BY %2$s) <= %3$s"
              .formatted(label(), KEY, wanted("count(*) OVER (PARTITION BY " + label() + ")"));
      case "time" ->
          "%1$s > %3$s OR (%1$s = %3$s AND %2$s >= %4$s)"
              .formatted(TIME, KEY, LIMIT + 0, LIMIT + 1);
      case "grouped" ->
          "min(IF(%s, %s, NULL)) OVER (PARTITION BY %s) <= %s"
              .formatted(counts(), KEY, GROUP, LIMIT + 0);
      default -> KEY + " <= " + LIMIT + 2;
    };
  }

  private List<Level> levels() {
    return switch (asked.method()) {
      case "stratified" -> List.of();
      case "time" -> List.of(latest());
      case "grouped" -> List.of(groups());
      default -> List.of(bucket(), first());
    };
  }

  /** The time and the key of the earliest row that is held out. */
  private Level latest() {
    String numbered =
        "SELECT %1$s, %2$s, row_number() OVER (ORDER BY %1$s DESC, %2$s DESC) AS r, %3$s AS n FROM %4$s WHERE %5$s"
            .formatted(TIME, KEY, wanted("count(*) OVER ()"), keyed(), counts());
    return level(
        List.of(0, 1),
        "SELECT CAST(max(%s) AS STRING) AS a, CAST(max(%s) AS STRING) AS b FROM (%s) WHERE r = n"
            .formatted(TIME, KEY, numbered));
  }

  /** The first key of the last group that is held out: groups are taken until there are enough. */
  private Level groups() {
    String each =
        "SELECT min(%s) AS p, count(*) AS c FROM %s WHERE %s GROUP BY %s"
            .formatted(KEY, keyed(), counts(), GROUP);
    String before =
        "SELECT p, coalesce(sum(c) OVER (ORDER BY p ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS b, %s AS n FROM (%s)"
            .formatted(wanted("sum(c) OVER ()"), each);
    return level(
        List.of(0), "SELECT CAST(max(p) AS STRING) AS a FROM (" + before + ") WHERE b < n");
  }

  /** The bucket of keys that the last row held out is in, and which of it this is. */
  private Level bucket() {
    String each =
        "SELECT %s AS p, count(*) AS c FROM %s WHERE %s GROUP BY 1"
            .formatted(bucketOfKey(), keyed(), counts());
    String upTo =
        "SELECT p, c, sum(c) OVER (ORDER BY p) AS u, %s AS n FROM (%s)"
            .formatted(wanted("sum(c) OVER ()"), each);
    return level(
        List.of(0, 1),
        "SELECT CAST(min(p) AS STRING) AS a, CAST(min_by(n - u + c, p) AS STRING) AS b FROM (%s) WHERE u >= n"
            .formatted(upTo));
  }

  /** The key of the last row held out. */
  private Level first() {
    String numbered =
        "SELECT %1$s, %2$s AS n, row_number() OVER (ORDER BY %1$s) AS r FROM %3$s WHERE %4$s AND %5$s = %6$s"
            .formatted(KEY, LIMIT + 1, keyed(), counts(), bucketOfKey(), LIMIT + 0);
    return level(
        List.of(2),
        "SELECT CAST(max(%s) AS STRING) AS a FROM (%s) WHERE r <= n".formatted(KEY, numbered));
  }

  private Level level(List<Integer> places, String query) {
    return new Level(places, rows.plan(prepared(), query), limits);
  }

  private static String bucketOfKey() {
    return "shiftright(" + KEY + ", " + BITS_BELOW_A_BUCKET + ")";
  }

  /** How many of so many rows, rounded as the runtimes round it. */
  private String wanted(String count) {
    return "CAST(floor("
        + count
        + " * CAST('"
        + asked.fraction()
        + "' AS DOUBLE) + 0.5) AS BIGINT)";
  }

  private String counts() {
    return asked.label().isPresent() ? label() + " IS NOT NULL" : "true";
  }

  private String label() {
    return own(asked.label().orElseThrow());
  }

  private static String own(int column) {
    return TransformedRows.KEPT + column;
  }

  /** A query in parentheses: the rows with a key by which they are drawn. */
  private String keyed() {
    String columns =
        asked.read().stream().sorted().map(RawSplit::own).collect(Collectors.joining(", "));
    String drawn =
        "SELECT *, xxhash64(CAST('%d' AS BIGINT), %s) AS d FROM %s"
            .formatted(asked.seed(), columns, TransformedRows.ROWS);
    String numbered =
        "SELECT *, row_number() OVER (PARTITION BY d ORDER BY d) AS copy FROM (" + drawn + ")";
    return "(SELECT *, IF(copy > 1, xxhash64(d, copy), d) AS " + KEY + " FROM (" + numbered + "))";
  }

  /** The input under names of ours, what the method goes by, and the limits. */
  private RelNode prepared() {
    RelOptCluster cluster = input.getCluster();
    RelBuilder builder = Rels.builder(cluster).push(input);
    List<RexNode> columns = new ArrayList<>(builder.fields());
    List<String> names =
        IntStream.range(0, columns.size())
            .mapToObj(RawSplit::own)
            .collect(Collectors.toCollection(ArrayList::new));
    boolean byTime = asked.method().equals("time");
    if (asked.by().isPresent()) {
      RexNode by = builder.field(asked.by().getAsInt());
      columns.add(casts.cast(by, byTime ? FeatureKind.DATETIME : FeatureKind.CATEGORY));
      names.add(byTime ? TIME : GROUP);
    }
    for (int i = 0; i < 3; i++) {
      int place = i;
      String ddl = byTime && i == 0 ? "double" : "bigint";
      RelDataType type = SparkTypes.parse(ddl, cluster.getTypeFactory());
      LateValue value = new LateValue("limit_" + i + " of SPLIT", type, () -> limits.get(place));
      columns.add(cluster.getRexBuilder().makeCall(type, value, List.of()));
      names.add(LIMIT + i);
    }
    return builder.project(columns, names, true).build();
  }
}

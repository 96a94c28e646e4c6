package dev.weft.planner.query;

import dev.weft.grammar.Quotes;
import dev.weft.planner.spi.ModelSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The query that computes a model's metrics from predicted rows, in plain relational terms so that
 * it runs wherever the rows are.
 *
 * <p>AUC is macro one-against-rest through average ranks, which for two labels is the usual one; F1
 * is that of the second label when the model knows two, otherwise macro over the labels that occur.
 * Baselines are what the labels of the training rows alone would answer: always their majority,
 * their shares, their mean.
 */
final class MetricsText {

  /** The table that the query reads. */
  static final String INPUT = "__weft_predictions";

  /** The other table: label, value, majority; one row for each class, or one with the mean. */
  static final String GUESS = "__weft_guess";

  private static final String NONE = "cast(null as double)";

  private final ModelSignature signature;
  private final List<String> by;

  MetricsText(ModelSignature signature, List<String> by) {
    this.signature = signature;
    this.by = List.copyOf(by);
  }

  String text() {
    return switch (signature.task()) {
      case CLASSIFICATION -> classification();
      case REGRESSION -> regression();
      case CLUSTERING, EMBEDDING, TERMS, TOPICS -> clustering();
    };
  }

  /** What the clusters and distances of rows tell alone; nothing is guessed without clusters. */
  private String clustering() {
    return """
        with r as (select %1$s, cluster as c, distance as d from %2$s where cluster is not null),
        a as (select %3$s, sum(d * d) as cost, avg(d) as mean_distance,
            cast(count(distinct c) as double) as clusters
          from r group by %3$s)
        """
            .formatted(renamed(), INPUT, keys(""))
        + select(
            List.of(
                new Metric("cost", "cost", NONE),
                new Metric("mean_distance", "mean_distance", NONE),
                new Metric("clusters", "clusters", NONE)));
  }

  private String regression() {
    return """
        with r as (select %1$s, cast(%2$s as double) as y, %3$s as p from %4$s
          where %2$s is not null and %3$s is not null),
        m as (select max(value) as m0 from %6$s),
        c as (select r.*, m.m0, avg(y) over (partition by %5$s) as m from r cross join m),
        a as (select %5$s,
            sqrt(avg((y - p) * (y - p))) as rmse, avg(abs(y - p)) as mae,
            case when sum((y - m) * (y - m)) > 0D
              then 1D - sum((y - p) * (y - p)) / sum((y - m) * (y - m)) end as r2,
            sqrt(avg((y - m0) * (y - m0))) as rmse0, avg(abs(y - m0)) as mae0
          from c group by %5$s)
        """
            .formatted(
                renamed(),
                Quotes.quoted(label()),
                Quotes.quoted(label() + "_pred"),
                INPUT,
                keys(""),
                GUESS)
        + select(
            List.of(
                new Metric("rmse", "rmse", "rmse0"),
                new Metric("mae", "mae", "mae0"),
                new Metric("r2", "r2", "0D")));
  }

  private String classification() {
    return scores()
        + classes()
        + averages()
        + select(
            List.of(
                new Metric("auc", "auc", "0.5D"),
                new Metric("log_loss", "log_loss", "log_loss0"),
                new Metric("accuracy", "accuracy", "accuracy0"),
                new Metric("f1", "f1", "f10")));
  }

  /** One row for each row and each label that occurs; a row hits exactly one of them. */
  private String scores() {
    String label = Quotes.quoted(label());
    return """
        with r as (select %1$s, cast(%2$s as %3$s) as y, %4$s as p, %5$s as q
          from %6$s where %2$s is not null),
        k as (select distinct %7$s, y as c from r),
        s as (select %8$s, k.c, r.y = k.c as hit, r.p = k.c as said,
            coalesce(r.q[k.c], 0D) as score, size(r.q) as known,
            array_max(map_keys(r.q)) as positive
          from r join k on %9$s),
        """
        .formatted(
            renamed(),
            label,
            type(),
            Quotes.quoted(label() + "_pred"),
            Quotes.quoted(label() + "_probs"),
            INPUT,
            keys(""),
            keys("k."),
            joined("r.", "k."));
  }

  /** One row for each label: its AUC, F1, share and loss. */
  private String classes() {
    return """
        o as (select *,
            rank() over (partition by %1$s, c order by score)
              + (count(*) over (partition by %1$s, c, score) - 1) / 2D as place from s),
        f as (select %1$s, c, count(*) as n, max(known) as known, max(positive) as positive,
            sum(case when hit then 1D else 0D end) as pos,
            sum(case when said then 1D else 0D end) as guessed,
            sum(case when hit and said then 1D else 0D end) as both,
            sum(case when hit then place else 0D end) as places,
            sum(case when hit then -ln(greatest(least(score, 1D - 1E-15), 1E-15)) else 0D end)
              as loss
          from o group by %1$s, c),
        q as (select cast(label as %2$s) as label, value, majority from %3$s),
        t as (select count(*) as stored from q),
        g as (select f.*, t.stored,
            case when pos < n
              then (places - pos * (pos + 1D) / 2D) / (pos * (n - pos)) end as auc,
            2D * both / (pos + guessed) as f1,
            -ln(greatest(least(coalesce(q.value, 0D), 1D - 1E-15), 1E-15)) as loss0,
            coalesce(q.majority, false) as always
          from f left join q on f.c = q.label cross join t),
        """
        .formatted(keys(""), type(), GUESS);
  }

  private String averages() {
    return """
        a as (select %1$s, avg(auc) as auc, sum(loss) / max(n) as log_loss,
            sum(both) / max(n) as accuracy,
            case when max(known) = 2
              then coalesce(max(case when c = positive then f1 end), 0D) else avg(f1) end as f1,
            case when max(stored) > 0 then sum(pos * loss0) / max(n) end as log_loss0,
            case when max(stored) > 0
              then sum(case when always then pos else 0D end) / max(n) end as accuracy0,
            case when max(stored) = 0 then null when max(known) = 2
              then sum(case when always and c = positive then 2D * pos / (pos + n) else 0D end)
              else avg(case when always then 2D * pos / (pos + n) else 0D end) end as f10
          from g group by %1$s)
        """
        .formatted(keys(""));
  }

  /** One row for each metric, so that what is below is computed once. */
  private String select(List<Metric> metrics) {
    String names =
        metrics.stream().map(m -> "('" + m.name + "')").collect(Collectors.joining(", "));
    return "select %sm.metric, %s as value, %s as baseline from a cross join (values %s) as m(metric)"
        .formatted(
            by.isEmpty() ? "" : named() + ", ",
            cases(metrics, Metric::value),
            cases(metrics, Metric::baseline),
            names);
  }

  private static String cases(List<Metric> metrics, Function<Metric, String> column) {
    return metrics.stream()
        .map(m -> "when '" + m.name + "' then " + column.apply(m))
        .collect(Collectors.joining(" ", "case m.metric ", " end"));
  }

  private String type() {
    return signature.label().orElseThrow().type();
  }

  private String label() {
    return signature.label().orElseThrow().name();
  }

  /** The BY columns under names that cannot meet others; a constant where there are none. */
  private String renamed() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      columns.add(Quotes.quoted(by.get(i)) + " as b" + i);
    }
    return by.isEmpty() ? "1 as b0" : String.join(", ", columns);
  }

  private String keys(String table) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < Math.max(1, by.size()); i++) {
      columns.add(table + "b" + i);
    }
    return String.join(", ", columns);
  }

  private String joined(String left, String right) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < Math.max(1, by.size()); i++) {
      conditions.add(left + "b" + i + " <=> " + right + "b" + i);
    }
    return String.join(" and ", conditions);
  }

  private String named() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      columns.add("b" + i + " as " + Quotes.quoted(by.get(i)));
    }
    return String.join(", ", columns);
  }

  private record Metric(String name, String value, String baseline) {}
}

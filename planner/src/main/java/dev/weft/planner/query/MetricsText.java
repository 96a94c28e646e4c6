package dev.weft.planner.query;

import dev.weft.planner.spi.ModelSignature;
import dev.weft.planner.spi.ModelSignature.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The query that computes a model's metrics from predicted rows, in plain relational terms so that
 * it runs wherever the rows are.
 *
 * <p>AUC is macro one-against-rest through average ranks, which for two labels is the usual one; F1 is
 * that of the second label when the model knows two, macro otherwise. Baselines are those of the rows
 * evaluated: always the majority label, their priors, their mean.
 */
final class MetricsText {

  /** The table that the query reads. */
  static final String INPUT = "__weft_predictions";

  private final ModelSignature signature;
  private final List<String> by;

  MetricsText(ModelSignature signature, List<String> by) {
    this.signature = signature;
    this.by = List.copyOf(by);
  }

  String text() {
    return signature.task() == Task.REGRESSION ? regression() : classification();
  }

  private String regression() {
    return """
        with r as (select %1$s, cast(%2$s as double) as y, %3$s as p from %4$s where %2$s is not null),
        c as (select *, avg(y) over (partition by %5$s) as m from r),
        a as (select %5$s,
            sqrt(avg((y - p) * (y - p))) as rmse, avg(abs(y - p)) as mae,
            case when sum((y - m) * (y - m)) > 0D
              then 1D - sum((y - p) * (y - p)) / sum((y - m) * (y - m)) end as r2,
            sqrt(avg((y - m) * (y - m))) as rmse0, avg(abs(y - m)) as mae0
          from c group by %5$s)
        """
            .formatted(
                renamed(), quoted(label()), quoted(label() + "_pred"), INPUT, keys(""))
        + select(
            List.of(
                new Metric("rmse", "rmse", "rmse0"),
                new Metric("mae", "mae", "mae0"),
                new Metric("r2", "r2", "0D")));
  }

  private String classification() {
    return rows() + classes() + averages()
        + select(
            List.of(
                new Metric("auc", "auc", "0.5D"),
                new Metric("log_loss", "log_loss", "log_loss0"),
                new Metric("accuracy", "accuracy", "accuracy0"),
                new Metric("f1", "f1", "f10")));
  }

  /** Rows with label, prediction and probabilities; what is counted once per row. */
  private String rows() {
    String label = quoted(label());
    return """
        with r as (select %1$s, cast(%2$s as %3$s) as y,
            %4$s as p, %5$s as q from %6$s where %2$s is not null),
        l as (select %7$s, count(*) as n,
            avg(-ln(greatest(least(coalesce(q[y], 0D), 1D - 1E-15), 1E-15))) as log_loss,
            avg(case when p = y then 1D else 0D end) as accuracy,
            max(size(q)) = 2 as two, max(array_max(map_keys(q))) as positive
          from r group by %7$s),
        """
        .formatted(
            renamed(),
            label,
            signature.label().orElseThrow().type(),
            quoted(label() + "_pred"),
            quoted(label() + "_probs"),
            INPUT,
            keys(""));
  }

  /** One row per row and label that occurs, then one per label: its AUC, F1 and share. */
  private String classes() {
    return """
        k as (select %1$s, y as c from r union select %1$s, p as c from r where p is not null),
        s as (select %2$s, k.c, r.y = k.c as hit, r.p = k.c as said, coalesce(r.q[k.c], 0D) as score
          from r join k on %3$s),
        o as (select %1$s, c, hit, said,
            rank() over (partition by %1$s, c order by score)
              + (count(*) over (partition by %1$s, c, score) - 1) / 2D as place from s),
        f as (select %1$s, c, count(*) as rows,
            sum(case when hit then 1D else 0D end) as pos,
            sum(case when said then 1D else 0D end) as guessed,
            sum(case when hit and said then 1D else 0D end) as both,
            sum(case when hit then place else 0D end) as places
          from o group by %1$s, c),
        g as (select %1$s, c, pos, rows,
            case when pos > 0D and pos < rows
              then (places - pos * (pos + 1D) / 2D) / (pos * (rows - pos)) end as auc,
            case when pos + guessed > 0D then 2D * both / (pos + guessed) else 0D end as f1,
            max(pos) over (partition by %1$s) as top,
            row_number() over (partition by %1$s order by pos desc, c) as nth
          from f),
        """
        .formatted(keys(""), keys("k."), joined("r.", "k."));
  }

  private String averages() {
    return """
        a as (select %1$s, l.log_loss, l.accuracy, avg(g.auc) as auc,
            case when l.two then max(case when g.c = l.positive then g.f1 end)
              else avg(g.f1) end as f1,
            -sum(case when g.pos > 0D then g.pos / g.rows * ln(g.pos / g.rows) else 0D end)
              as log_loss0,
            max(g.top / g.rows) as accuracy0,
            case when l.two
              then sum(case when g.nth = 1 and g.c = l.positive
                then 2D * g.pos / (g.pos + g.rows) else 0D end)
              else avg(case when g.nth = 1 then 2D * g.pos / (g.pos + g.rows) else 0D end) end
              as f10
          from g join l on %2$s
          group by %1$s, l.log_loss, l.accuracy, l.two, l.positive)
        """
        .formatted(keys("l."), joined("g.", "l."));
  }

  private String select(List<Metric> metrics) {
    String own = by.isEmpty() ? "" : named() + ", ";
    return metrics.stream()
        .map(
            m ->
                "select %s'%s' as metric, %s as value, %s as baseline from a"
                    .formatted(own, m.name, m.value, m.baseline))
        .collect(Collectors.joining(" union all "));
  }

  private String label() {
    return signature.label().orElseThrow().name();
  }

  /** The BY columns under names that cannot meet others; a constant where there are none. */
  private String renamed() {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      columns.add(quoted(by.get(i)) + " as b" + i);
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
      columns.add("b" + i + " as " + quoted(by.get(i)));
    }
    return String.join(", ", columns);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private record Metric(String name, String value, String baseline) {}
}

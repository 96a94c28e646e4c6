package dev.weft.spark;

import dev.weft.spark.Outcome.Answered;
import dev.weft.spark.random.RandomQueries.Parted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What holds of any engine without another one beside it. A condition parts rows into true, false
 * and null (TLP): the parts of a query's rows are its rows, with DISTINCT, below aggregates and
 * behind HAVING too. Filtering by a condition keeps as many rows as computing it says (NoREC).
 */
final class RandomLaws {

  private final Way way;

  RandomLaws(Way way) {
    this.way = way;
  }

  /** What has to hold. */
  enum Law {
    TLP,
    TLP_DISTINCT,
    TLP_AGGREGATES,
    TLP_HAVING,
    NOREC
  }

  /** Whether a law holds of a query. */
  boolean holds(Law law, Parted parted) {
    return switch (law) {
      case TLP -> rowsAreParted(parted);
      case TLP_DISTINCT -> distinctRowsAreParted(parted);
      case TLP_AGGREGATES -> aggregatesAreParted(parted);
      case TLP_HAVING -> groupsAreParted(parted);
      case NOREC -> filterKeepsWhatItCounts(parted);
    };
  }

  private boolean rowsAreParted(Parted parted) {
    String query = "select " + parted.items() + " from " + parted.from();
    return rows(query).equals(sorted(parts(parted.condition(), c -> query + " where " + c)));
  }

  private boolean distinctRowsAreParted(Parted parted) {
    String query = "select distinct " + parted.items() + " from " + parted.from();
    List<String> parts = parts(parted.condition(), c -> query + " where " + c);
    return rows(query).equals(parts.stream().distinct().sorted().toList());
  }

  private boolean aggregatesAreParted(Parted parted) {
    String t = parted.from().substring(0, 2);
    String query =
        "select count(*) as n, sum(%s.b) as b, min(%s.s) as s, max(%s.m) as m from %s"
            .formatted(t, t, t, parted.from());
    List<String> parts = new ArrayList<>();
    eachPart(parted.condition(), c -> parts.add(query + " where " + c));
    String joined = String.join(" union all ", parts);
    return rows(query)
        .equals(rows("select sum(n), sum(b), min(s), max(m) from (" + joined + ") parts"));
  }

  private boolean groupsAreParted(Parted parted) {
    String t = parted.from().substring(0, 2);
    String query =
        "select %s.s, count(*) as n, sum(%s.i) as x from %s group by %s.s"
            .formatted(t, t, parted.from(), t);
    String condition = "(sum(%s.i) > 1 or max(%s.f))".formatted(t, t);
    return rows(query).equals(sorted(parts(condition, c -> query + " having " + c)));
  }

  private boolean filterKeepsWhatItCounts(Parted parted) {
    String from = " from " + parted.from();
    int kept = rows("select 1" + from + " where " + parted.condition()).size();
    String counted = "select count_if(" + parted.condition() + ") as n" + from;
    return rows(counted).equals(List.of(String.valueOf(kept)));
  }

  private List<String> parts(String condition, UnaryOperator<String> query) {
    List<String> rows = new ArrayList<>();
    eachPart(condition, c -> rows.addAll(rows(query.apply(c))));
    return rows;
  }

  private static void eachPart(String condition, Consumer<String> part) {
    part.accept(condition);
    part.accept("not " + condition);
    part.accept(condition + " is null");
  }

  private List<String> rows(String query) {
    if (way.answer(query) instanceof Answered answered) {
      return sorted(answered.rows());
    }
    throw new IllegalStateException("fails: " + query + " " + way.answer(query));
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }
}

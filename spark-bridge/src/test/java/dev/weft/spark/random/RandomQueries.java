package dev.weft.spark.random;

import java.util.List;
import java.util.Random;

/** Writes random queries over the random tables, of every family some. */
public final class RandomQueries {

  private final RandomWords words;
  private final List<Family> families;

  public RandomQueries(Random random) {
    this.words = new RandomWords(random);
    this.families =
        List.of(
            new PlainQueries(words),
            new GroupQueries(words),
            new WindowQueries(words),
            new SubqueryQueries(words),
            new SetQueries(words),
            new GeneratorQueries(words),
            new LateralQueries(words),
            new TurnedQueries(words),
            new PipeQueries(words),
            new JoinQueries(words));
  }

  /** A query that must not fail. */
  public String next() {
    return families.get(words.number(families.size())).next();
  }

  /** A query that may fail while it runs: with the same error both ways, or not at all. */
  public String failing() {
    return new OverflowQueries(words).next();
  }

  /** A query without conditions, and a condition to part its rows by. */
  public Parted parted() {
    String from = words.from();
    return new Parted(words.items(from), from, words.condition(RandomWords.table(from)));
  }

  /** The items and the FROM of a query, and a condition over its rows. */
  public record Parted(String items, String from, String condition) {}

  /** Queries of one kind. */
  interface Family {
    String next();
  }
}

package dev.weft.planner.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;

/**
 * What TRANSFORM fits to the training rows, and before that what tells these from rows held out.
 *
 * @param levels in the order in which they have to be computed
 * @param values those that are kept with the model
 * @param example one raw row, for what is served with the model; empty without TRANSFORM
 */
public record TransformFits(List<Level> levels, FittedValues values, Optional<RelNode> example) {

  /** Copies the list. */
  public TransformFits {
    levels = List.copyOf(levels);
  }

  /** Nothing to fit. */
  public static TransformFits none() {
    return new TransformFits(List.of(), new FittedValues(), Optional.empty());
  }

  /** Everything that it reads. */
  Stream<RelNode> relations() {
    return Stream.concat(levels.stream().map(Level::row), example.stream());
  }

  /** The same from other relations. */
  TransformFits with(UnaryOperator<RelNode> other) {
    return new TransformFits(
        levels.stream()
            .map(level -> new Level(level.places(), other.apply(level.row()), level.values()))
            .toList(),
        values,
        example.map(other));
  }

  /**
   * Values that can be fitted at once.
   *
   * @param places which they are
   * @param row a relation of one row with a text for each, which may read values of levels before
   * @param values where the engine puts them
   */
  public record Level(List<Integer> places, RelNode row, FittedValues values) {

    /** Copies the list. */
    public Level {
      places = List.copyOf(places);
    }
  }
}

package dev.weft.planner.query;

import dev.weft.planner.function.FunctionRejected;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.runtime.CalciteContextException;

/**
 * What checking has shown about a text that can be read in several ways; a text is read again as
 * long as a failure shows more.
 *
 * @param structs first names that are struct columns and no tables, in lower case
 * @param earlier the columns of names that mean an earlier item of their SELECT
 * @param texts the columns of calls whose constant arguments Spark has to see as they are written
 */
record Readings(Set<String> structs, Set<Integer> earlier, Set<Integer> texts) {

  static final Readings FIRST = new Readings(Set.of(), Set.of(), Set.of());

  Readings {
    structs = Set.copyOf(structs);
    earlier = Set.copyOf(earlier);
    texts = Set.copyOf(texts);
  }

  /** The next way to read the text; empty where a failure shows nothing new. */
  Optional<Readings> after(RuntimeException wrong) {
    if (wrong instanceof FunctionRejected call) {
      int place = call.place().getColumnNum();
      return with(texts, place).map(more -> new Readings(structs, earlier, more));
    }
    return StructNames.missing(wrong)
        .flatMap(name -> with(structs, name))
        .map(more -> new Readings(more, earlier, texts))
        .or(
            () ->
                EarlierItems.missing(wrong)
                    .flatMap(place -> with(earlier, place))
                    .map(more -> new Readings(structs, more, texts)));
  }

  /** The column of the text that a failure is about; -1 where it tells none. */
  static int column(RuntimeException wrong) {
    if (wrong instanceof FunctionRejected call) {
      return call.place().getColumnNum();
    }
    return wrong instanceof CalciteContextException place ? place.getPosColumn() : -1;
  }

  private static <T> Optional<Set<T>> with(Set<T> known, T more) {
    Set<T> all = new HashSet<>(known);
    return all.add(more) ? Optional.of(all) : Optional.empty();
  }

  /** Whether a first name is a struct column and not a table. */
  boolean isStruct(String name) {
    return structs.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the name at a column means an earlier item of its SELECT. */
  boolean isEarlierItem(int column) {
    return earlier.contains(column);
  }

  /** Whether the call at a column keeps the text of its constant arguments. */
  boolean keepsText(int column) {
    return texts.contains(column);
  }
}

package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Train;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads USING: devices, workers, and a timeout in seconds. */
final class ResourceReader {

  private final PartReader read;
  private final IntervalReader intervals;

  ResourceReader(PartReader read) {
    this.read = read;
    this.intervals = new IntervalReader(read);
  }

  Train.Resources resources(WeftParser.UsingClauseContext tree) {
    return new Train.Resources(
        read.span(tree),
        one(tree, "GPU", r -> r.GPU() != null).map(r -> read.literal(r.literal())),
        one(tree, "WORKERS", r -> r.WORKERS() != null).map(r -> read.literal(r.literal())),
        one(tree, "TIMEOUT", r -> r.TIMEOUT() != null).map(this::timeout));
  }

  private Optional<WeftParser.ResourceContext> one(
      WeftParser.UsingClauseContext tree, String what, Predicate<WeftParser.ResourceContext> kind) {
    var found = tree.resource().stream().filter(kind).toList();
    if (found.size() > 1) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(found.get(1)), "USING takes " + what + " once; leave one out");
    }
    return found.stream().findFirst();
  }

  private double timeout(WeftParser.ResourceContext tree) {
    Double seconds =
        tree.interval() == null
            ? intervals.seconds(read.literal(tree.literal()))
            : intervals.seconds(tree.interval());
    if (seconds == null || seconds <= 0) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(tree), "TIMEOUT takes a length of time, such as INTERVAL 10 MINUTES");
    }
    return seconds;
  }
}

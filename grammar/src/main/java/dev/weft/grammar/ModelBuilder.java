package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.AlterModel;
import dev.weft.grammar.ast.DropModel;
import dev.weft.grammar.ast.ExportModel;
import dev.weft.grammar.ast.ImportModel;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.RollbackModel;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads the statements that change which versions of a model there are and what they are called.
 */
final class ModelBuilder {

  private final PartReader read;

  ModelBuilder(PartReader read) {
    this.read = read;
  }

  AlterModel alter(WeftParser.AlterModelContext tree) {
    return new AlterModel(
        read.span(tree),
        read.name(tree.model),
        read.name(tree.alias),
        read.optionalName(tree.version));
  }

  RollbackModel rollback(WeftParser.RollbackModelContext tree) {
    return new RollbackModel(read.span(tree), read.name(tree.model));
  }

  DropModel drop(WeftParser.DropModelContext tree) {
    Optional<Literal> keep =
        Optional.ofNullable(tree.keep)
            .map(number -> read.number(read.span(number), false, number.getText()));
    return new DropModel(
        read.span(tree),
        tree.IF() != null,
        read.model(tree.modelReference()),
        keep,
        tree.interval() == null ? OptionalDouble.empty() : age(tree.interval()));
  }

  ExportModel export(WeftParser.ExportModelContext tree) {
    return new ExportModel(
        read.span(tree),
        tree.OVERWRITE() != null,
        read.model(tree.modelReference()),
        read.text(tree.path),
        read.optionalName(tree.format));
  }

  ImportModel imported(WeftParser.ImportModelContext tree) {
    return new ImportModel(read.span(tree), read.name(tree.model), read.text(tree.path));
  }

  private OptionalDouble age(WeftParser.IntervalContext tree) {
    Double seconds = new IntervalReader(read).seconds(tree);
    if (seconds == null || seconds < 0) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(tree), "OLDER THAN takes a length of time, such as INTERVAL 30 DAYS");
    }
    return OptionalDouble.of(seconds);
  }
}

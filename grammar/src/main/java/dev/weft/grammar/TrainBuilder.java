package dev.weft.grammar;

import dev.weft.grammar.antlr.WeftParser;
import dev.weft.grammar.ast.Item;
import dev.weft.grammar.ast.Literal;
import dev.weft.grammar.ast.Relation;
import dev.weft.grammar.ast.Train;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;

/** Reads TRAIN: its clauses in any order, each at most once. */
final class TrainBuilder {

  private final PartReader read;

  TrainBuilder(PartReader read) {
    this.read = read;
  }

  Train train(WeftParser.TrainContext tree) {
    Clauses clauses = new Clauses(tree.trainClause());
    Train train =
        new Train(
            read.span(tree),
            read.relation(tree.relationArgument()),
            read.name(tree.algorithm),
            read.name(tree.model),
            clauses.one("LABEL", WeftParser.LabelClauseContext.class, this::label),
            clauses
                .one("FEATURES", WeftParser.FeaturesClauseContext.class, c -> items(c.item()))
                .orElse(List.of()),
            clauses
                .one(
                    "WHERE or OPTIONS",
                    WeftParser.OptionsOfTrainContext.class,
                    c -> read.options(c.optionClause()))
                .orElse(List.of()),
            clauses
                .one("TRANSFORM", WeftParser.TransformClauseContext.class, c -> items(c.item()))
                .orElse(List.of()),
            clauses.one(
                "SPLIT", WeftParser.SplitClauseContext.class, c -> read.literal(c.fraction)),
            validation(clauses),
            clauses.one("SEED", WeftParser.SeedClauseContext.class, this::seed),
            clauses.one("USING", WeftParser.UsingClauseContext.class, this::resources),
            read.result(tree.results));
    clauses.throwErrors();
    return train;
  }

  private List<Item> items(List<WeftParser.ItemContext> trees) {
    return read.items(trees);
  }

  private Item label(WeftParser.LabelClauseContext tree) {
    WeftParser.LabelItemContext label = tree.labelItem();
    if (label.name() == null && !isColumn(label.expression())) {
      throw ErrorCode.INVALID_CLAUSE.failure(
          read.span(label), "LABEL takes a column or (expression AS name); give it a name");
    }
    return new Item(read.span(label), label.expression(), read.optionalName(label.name()));
  }

  private static boolean isColumn(ParseTree tree) {
    ParseTree part = tree;
    while (part.getChildCount() == 1 && !(part instanceof WeftParser.ColumnContext)) {
      part = part.getChild(0);
    }
    return part instanceof WeftParser.ColumnContext
        || part instanceof WeftParser.DereferenceContext;
  }

  private Optional<Relation> validation(Clauses clauses) {
    return clauses.one(
        "VALIDATE ON",
        WeftParser.ValidateClauseContext.class,
        c -> read.relation(c.relationArgument()));
  }

  private Literal seed(WeftParser.SeedClauseContext tree) {
    return tree.parameter() == null
        ? read.number(read.span(tree), tree.sign != null, tree.INTEGER_VALUE().getText())
        : read.parameter(tree.parameter());
  }

  private Train.Resources resources(WeftParser.UsingClauseContext tree) {
    return new ResourceReader(read).resources(tree);
  }

  /** The clauses of one statement, and what is wrong with them. */
  private final class Clauses {
    private final List<WeftParser.TrainClauseContext> trees;
    private final List<Diagnostic> errors = new ArrayList<>();

    Clauses(List<WeftParser.TrainClauseContext> trees) {
      this.trees = trees;
    }

    <C extends ParserRuleContext, T> Optional<T> one(
        String what, Class<C> kind, Function<C, T> reader) {
      List<C> found = trees.stream().filter(kind::isInstance).map(kind::cast).toList();
      found.stream()
          .skip(1)
          .forEach(again -> errors.add(ErrorCode.INVALID_CLAUSE.at(read.span(again), twice(what))));
      return found.stream().findFirst().map(reader);
    }

    void throwErrors() {
      if (!errors.isEmpty()) {
        throw new WeftException(errors);
      }
    }

    private static String twice(String what) {
      return "TRAIN takes " + what + " once; join the two or leave one out";
    }
  }
}

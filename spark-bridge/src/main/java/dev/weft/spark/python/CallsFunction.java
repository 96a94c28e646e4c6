package dev.weft.spark.python;

import dev.weft.engine.spi.ArrowExchange;
import dev.weft.spark.predict.ExchangeAnswers;
import dev.weft.spark.predict.PredictFunction;
import dev.weft.spark.predict.PredictLayout;
import dev.weft.spark.predict.RowAnswers;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;

/** Python calls of a node, answered as a model answers: a row for each row. */
final class CallsFunction implements PredictFunction {

  private final CallsOfNode node;
  private final CallBinder binder;

  CallsFunction(CallsOfNode node, CallBinder binder) {
    this.node = node;
    this.binder = binder;
  }

  @Override
  public String describe() {
    return node.calls().functions().stream()
        .map(function -> "Python " + function.name())
        .collect(Collectors.joining(", "));
  }

  @Override
  public RowAnswers bind(PredictLayout layout, SparkContext context, String runId) {
    ArrowExchange exchange = binder.bind(node.calls(), runId);
    return new ExchangeAnswers(exchange, layout, node.names());
  }
}

package dev.weft.spark.predict;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * How rows look around a prediction.
 *
 * @param input the types of the input's columns
 * @param features the features as expressions over an input row, in the order of the signature
 * @param schema the features' names and types
 * @param outputs the types of the answers that are used
 * @param selected for each of them, which of all answers it is
 */
public record PredictLayout(
    List<DataType> input,
    List<Expression> features,
    StructType schema,
    List<DataType> outputs,
    List<Integer> selected)
    implements Serializable {

  /** Copies the lists. */
  public PredictLayout {
    input = List.copyOf(input);
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
    selected = List.copyOf(selected);
  }
}

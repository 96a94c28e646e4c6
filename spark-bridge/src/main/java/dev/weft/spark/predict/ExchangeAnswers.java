package dev.weft.spark.predict;

import dev.weft.engine.spi.ArrowExchange;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.util.ArrowUtils;
import scala.collection.Iterator;

/** Answers from a model behind an Arrow exchange. */
public final class ExchangeAnswers implements RowAnswers {

  private static final long serialVersionUID = 1L;

  private final ArrowExchange exchange;
  private final PredictLayout layout;
  private final List<String> names;

  /**
   * Answers over an exchange.
   *
   * @param names the features' names in the signature
   */
  public ExchangeAnswers(ArrowExchange exchange, PredictLayout layout, List<String> names) {
    this.exchange = exchange;
    this.layout = layout;
    this.names = List.copyOf(names);
  }

  @Override
  public Iterator<InternalRow> answer(Iterator<InternalRow> rows, TaskContext task) {
    if (!rows.hasNext()) {
      return rows;
    }
    ExchangeRows answers = new ExchangeRows(rows, exchange, layout, schema(), task);
    task.addTaskCompletionListener(
        (org.apache.spark.util.TaskCompletionListener) context -> answers.close());
    return answers;
  }

  private Schema schema() {
    StructField[] fields = layout.schema().fields();
    Field[] columns = new Field[fields.length];
    for (int i = 0; i < fields.length; i++) {
      columns[i] = ArrowUtils.toArrowField(names.get(i), fields[i].dataType(), true, "UTC", false);
    }
    return new Schema(List.of(columns));
  }
}

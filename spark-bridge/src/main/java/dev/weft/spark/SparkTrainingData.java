package dev.weft.spark;

import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.convert.CatalystPlans;
import dev.weft.spark.error.SparkErrors;
import dev.weft.spark.result.ResultStream;
import dev.weft.spark.result.Schemas;
import dev.weft.spark.run.RunRegistry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** The rows of a training set, sent from Spark's tasks. */
public final class SparkTrainingData implements TrainingData {

  private final SparkSession session;
  private final Dataset<Row> rows;
  private final Run run;
  private final RunRegistry runs;

  SparkTrainingData(SparkSession session, Dataset<Row> rows, Run run, RunRegistry runs) {
    this.session = session;
    this.rows = rows;
    this.run = run;
    this.runs = runs;
  }

  /** Rows to learn from, with their order. */
  static SparkTrainingData ordered(
      SparkSession session, Dataset<Row> features, long seed, Run run, RunRegistry runs) {
    return new SparkTrainingData(session, ordered(session, features, seed), run, runs);
  }

  private static Dataset<Row> ordered(SparkSession session, Dataset<Row> features, long seed) {
    List<Attribute> columns = Catalyst.list(features.queryExecution().analyzed().output());
    List<NamedExpression> all = new ArrayList<>(columns);
    all.add(Catalyst.alias(Catalyst.hash(columns, seed), ORDER));
    return Dataset$.MODULE$.ofRows(
        session, CatalystPlans.project(all, features.queryExecution().analyzed()));
  }

  /** The rows with their order, for training inside Spark. */
  public Dataset<Row> dataset() {
    return rows;
  }

  /** Spark's session that computes them. */
  public SparkSession session() {
    return session;
  }

  @Override
  public Schema schema() {
    return new Schemas(session).arrow(rows.schema());
  }

  @Override
  public List<ArrowSink.Sent> send(ArrowSink sink) {
    RunRegistry.Entry entry = runs.enter(run, "sending rows");
    try {
      SparkSession.setActiveSession(session);
      session.sparkContext().setJobGroup(run.id(), "sending rows", true);
      RDD<InternalRow> partitions = atLeastOne(ResultStream.computed(rows.queryExecution()));
      Object sent =
          session
              .sparkContext()
              .runJob(
                  partitions,
                  new Send(sink, schema().toJson(), rows.schema()),
                  ClassTag$.MODULE$.apply(ArrowSink.Sent.class));
      return Arrays.asList((ArrowSink.Sent[]) sent);
    } catch (Throwable failure) {
      throw SparkErrors.execution(failure, run);
    } finally {
      entry.close();
      session.sparkContext().clearJobGroup();
    }
  }

  /** Of no rows Spark may make no partition, and none would say what columns there are. */
  private RDD<InternalRow> atLeastOne(RDD<InternalRow> partitions) {
    return partitions.getNumPartitions() > 0
        ? partitions
        : JavaSparkContext.fromSparkContext(session.sparkContext())
            .<InternalRow>parallelize(List.of(), 1)
            .rdd();
  }

  private static final class Send
      extends AbstractFunction2<TaskContext, Iterator<InternalRow>, ArrowSink.Sent>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrowSink sink;
    private final String schema;
    private final StructType rows;

    Send(ArrowSink sink, String schema, StructType rows) {
      this.sink = sink;
      this.schema = schema;
      this.rows = rows;
    }

    @Override
    public ArrowSink.Sent apply(TaskContext task, Iterator<InternalRow> input) {
      return new PartitionUpload(sink, schema, rows, task).send(input);
    }
  }
}

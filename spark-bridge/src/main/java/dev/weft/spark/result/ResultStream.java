package dev.weft.spark.result;

import dev.weft.engine.Rows;
import dev.weft.engine.spi.Run;
import dev.weft.spark.convert.Catalyst;
import dev.weft.spark.run.RunRegistry;
import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution$;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.runtime.AbstractFunction0;

/** Starts a query and gives its rows as a stream. */
public final class ResultStream {

  private final SparkSession session;
  private final Run run;

  public ResultStream(SparkSession session, Run run) {
    this.session = session;
    this.run = run;
  }

  public Rows open(Dataset<Row> dataset, RunRegistry.Entry entry) {
    Schemas schemas = new Schemas(session);
    StructType type = Schemas.plain(dataset.schema());
    QueryExecution query = dataset.queryExecution();
    List<InternalRow> local = LocalRows.of(query.executedPlan());
    BatchSource batches =
        local == null
            ? new PartitionJobs(computed(query), type, schemas.zone(), run)
            : BatchSource.of(
                new BatchEncoding(Catalyst.seq(local).iterator(), type, schemas.zone()));
    return new ArrowRows(schemas.arrow(type), batches, entry);
  }

  /** Runs what has to run before the first row: shuffles, broadcasts, subqueries. */
  public static RDD<InternalRow> computed(QueryExecution query) {
    return SQLExecution$.MODULE$.withNewExecutionId(
        query,
        Option.empty(),
        new AbstractFunction0<RDD<InternalRow>>() {
          @Override
          public RDD<InternalRow> apply() {
            return query.toRdd();
          }
        });
  }
}

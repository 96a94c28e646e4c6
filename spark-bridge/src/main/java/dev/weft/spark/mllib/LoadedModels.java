package dev.weft.spark.mllib;

import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.weft.engine.spi.ModelBackend.ModelFiles;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;

/**
 * Models that have been read, by their content, until memory is short: reading one takes a dozen of
 * Spark's jobs, and many a script asks one model again and again.
 */
final class LoadedModels {

  private static final int MOST = 32;

  private final MllibSessions sessions;
  private final Cache<String, Loaded> loaded =
      CacheBuilder.newBuilder().maximumSize(MOST).softValues().build();

  LoadedModels(MllibSessions sessions) {
    this.sessions = sessions;
  }

  private record Loaded(RowModel model, Supplier<Broadcast<RowModel>> sent) {}

  /** The function of one row that a model is. */
  RowModel model(ModelFiles files, Run run) {
    return of(files, run).model();
  }

  /** The same, known to the executors. */
  Broadcast<RowModel> sent(ModelFiles files, Run run) {
    return of(files, run).sent().get();
  }

  private Loaded of(ModelFiles files, Run run) {
    try {
      return files.hash().isEmpty() ? read(files) : loaded.get(files.hash(), () -> read(files));
    } catch (ExecutionException | UncheckedExecutionException e) {
      throw unreadable(files, run, Objects.requireNonNull(e.getCause()));
    } catch (Exception e) {
      throw unreadable(files, run, e);
    }
  }

  private Loaded read(ModelFiles files) throws IOException {
    StoredPipeline stored = new StoredPipeline(sessions);
    RowModel model = RowModels.of(stored.load(files.folder()), files.signature());
    SparkContext context = sessions.usual().sparkContext();
    return new Loaded(
        model,
        Suppliers.memoize(() -> context.broadcast(model, ClassTag$.MODULE$.apply(RowModel.class))));
  }

  private static WeftException unreadable(ModelFiles files, Run run, Throwable why) {
    return new WeftException(
        ErrorCode.MODEL_CORRUPT.at(run.span(), files.name(), MllibFailure.sentence(why)), why);
  }
}

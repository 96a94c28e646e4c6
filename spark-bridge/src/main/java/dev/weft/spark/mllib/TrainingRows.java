package dev.weft.spark.mllib;

import dev.weft.engine.spi.ModelBackend.Job;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a training learns from and what it is validated on, in the session that suits both. */
final class TrainingRows implements AutoCloseable {

  private final PreparedRows given;
  private final Optional<PreparedRows> validation;
  private final MllibSessions sessions;

  private TrainingRows(
      PreparedRows given, Optional<PreparedRows> validation, MllibSessions sessions) {
    this.given = given;
    this.validation = validation;
    this.sessions = sessions;
  }

  static TrainingRows of(Job job, MllibSessions sessions) {
    PreparedRows given = PreparedRows.of(job.data(), job.signature());
    try {
      return new TrainingRows(
          given, job.validation().map(data -> PreparedRows.of(data, job.signature())), sessions);
    } catch (Throwable failure) {
      given.close();
      throw failure;
    }
  }

  Dataset<Row> given() {
    return here(given);
  }

  /** Rows to validate on, where they are given apart. */
  Optional<Dataset<Row>> validation() {
    return validation.map(this::here);
  }

  /** How many rows are given, those to validate on not counted. */
  long count() {
    return given.count();
  }

  /** How many rows to validate on are given, those without a label among them. */
  long validated() {
    return validation.map(PreparedRows::count).orElse(0L);
  }

  private Dataset<Row> here(PreparedRows rows) {
    boolean few = given.areFew() && validation.map(PreparedRows::areFew).orElse(true);
    return few ? sessions.little(rows.rows()) : rows.rows();
  }

  @Override
  public void close() {
    given.close();
    validation.ifPresent(PreparedRows::close);
  }
}

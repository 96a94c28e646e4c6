package dev.weft.ml;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.ArrowSink;
import dev.weft.engine.spi.ModelBackend.Job;
import dev.weft.engine.spi.ModelBackend.Trained;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.Run;
import dev.weft.engine.spi.TrainingData;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.WeftException;
import dev.weft.ml.wire.BeginUpload;
import dev.weft.ml.wire.CommitUpload;
import dev.weft.ml.wire.Committed;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.Iteration;
import dev.weft.ml.wire.Reply;
import dev.weft.ml.wire.Train;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.flight.FlightRuntimeException;

/** One TRAIN: an upload, its commit, the training on it, and the end of all. */
final class Training {

  /** How long rows are kept for a driver that is not heard of. */
  static final Duration LEASE = Duration.ofSeconds(60);

  private final Control control;
  private final Job job;
  private final Run run;
  private final Duration limit;
  private final Waiting waiting;
  private final Consumer<Endpoint> actors;
  private final String upload = UUID.randomUUID().toString();

  Training(
      Control control,
      Job job,
      Run run,
      Duration limit,
      Waiting waiting,
      Consumer<Endpoint> actors) {
    this.control = control;
    this.job = job;
    this.run = run;
    this.limit = limit;
    this.waiting = waiting;
    this.actors = actors;
  }

  /** Sends the rows and trains; whatever stops it ends the actor too. */
  Trained run() {
    boolean done = false;
    Lease lease = Lease.of(control, upload, LEASE);
    try {
      Train.Builder request = request();
      send("train", job.data());
      job.validation().ifPresent(rows -> send("validation", rows));
      request.setValidates(job.validation().isPresent());
      Trained trained = follow(request.build());
      done = true;
      return trained;
    } finally {
      lease.close();
      if (!done) {
        giveUp();
      }
    }
  }

  private Endpoint begin() {
    BeginUpload request =
        BeginUpload.newBuilder()
            .setUpload(upload)
            .setGpus(job.gpus())
            .setWorkers(job.workers())
            .setAlgorithm(job.signature().algorithm())
            .setLeaseSeconds((int) LEASE.toSeconds())
            .build();
    Reply reply = checked(waiting.on(() -> control.beginUpload(request)));
    Endpoint endpoint = reply.getUploads().getEndpoint();
    actors.accept(endpoint);
    return endpoint;
  }

  private Train.Builder request() {
    Train.Builder request =
        Train.newBuilder()
            .setUpload(upload)
            .setModel(job.model())
            .setSignature(Messages.toWire(job.signature(), run.span()))
            .setSplit(job.split())
            .setSeed(job.seed())
            .setWorkers(job.workers())
            .setFolder(job.folder().toAbsolutePath().toString());
    job.options().forEach((name, value) -> request.putOptions(name, Messages.toWire(value)));
    return request;
  }

  /** Sends rows and makes those count that Spark has chosen. */
  private void send(String dataset, TrainingData rows) {
    run.progress().accept(Progress.of("sending rows", 0, 0, "rows"));
    CommitUpload.Builder commit = CommitUpload.newBuilder().setUpload(upload).setDataset(dataset);
    sent(dataset, rows).forEach(sent -> commit.addReceipts(Messages.toWire(sent)));
    waiting.check();
    Committed kept = checked(waiting.on(() -> control.commitUpload(commit.build()))).getCommitted();
    run.progress().accept(Progress.of("rows sent", kept.getRows(), kept.getRows(), "rows"));
  }

  /** Once more where the gateway was lost on the way: what it had handed over is dropped. */
  private List<ArrowSink.Sent> sent(String dataset, TrainingData rows) {
    Endpoint gateway = begin();
    try {
      return rows.send(new FlightSink(gateway, upload, dataset, limit));
    } catch (WeftException | RemoteFailure failure) {
      waiting.check();
      Endpoint another = begin();
      if (another.equals(gateway)) {
        throw failure;
      }
      Connections.forget(gateway);
      return rows.send(new FlightSink(another, upload, dataset, limit));
    }
  }

  private Trained follow(Train request) {
    // Some algorithms tell nothing until they are done.
    run.progress().accept(Progress.of("training", 0, 0, "iterations"));
    Iterator<Reply> events = control.train(request);
    while (waiting.on(events::hasNext)) {
      Reply event = checked(events.next());
      if (event.hasTrained()) {
        return Messages.fromWire(event.getTrained(), job.signature());
      }
      run.progress().accept(progress(event.getIteration()));
    }
    throw ErrorCode.TRAINING_FAILED.failure(run.span(), "training ended without a result");
  }

  private static Progress progress(Iteration iteration) {
    return new Progress(
        "training",
        iteration.getDone(),
        iteration.getTotal(),
        iteration.getUnit(),
        iteration.getMetric().isEmpty() ? Optional.empty() : Optional.of(iteration.getMetric()),
        iteration.hasValue() ? OptionalDouble.of(iteration.getValue()) : OptionalDouble.empty(),
        iteration.hasSecondsLeft()
            ? OptionalDouble.of(iteration.getSecondsLeft())
            : OptionalDouble.empty());
  }

  private Reply checked(Reply reply) {
    if (reply.hasError()) {
      throw Failures.at(run.span(), job.model(), reply.getError());
    }
    return reply;
  }

  private void giveUp() {
    try {
      control.cancel(upload);
    } catch (FlightRuntimeException e) {
      // The service is gone, and its actors with it.
    }
  }
}

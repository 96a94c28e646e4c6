package dev.weft.ml;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.weft.ml.wire.BeginUpload;
import dev.weft.ml.wire.Cancel;
import dev.weft.ml.wire.CommitUpload;
import dev.weft.ml.wire.Endpoint;
import dev.weft.ml.wire.ExportModel;
import dev.weft.ml.wire.Handshake;
import dev.weft.ml.wire.ImportModel;
import dev.weft.ml.wire.OpenModel;
import dev.weft.ml.wire.OpenPython;
import dev.weft.ml.wire.PythonReply;
import dev.weft.ml.wire.ReleasePython;
import dev.weft.ml.wire.Renew;
import dev.weft.ml.wire.Reply;
import dev.weft.ml.wire.RunPython;
import dev.weft.ml.wire.StatsRequest;
import dev.weft.ml.wire.Train;
import java.util.Iterator;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.Result;

/** The service's actions, one method each; blocking, safe for several threads. */
final class Control {

  static final int PROTOCOL = 2;

  private final Endpoint endpoint;
  private final CallOption token;

  Control(Endpoint endpoint) {
    this.endpoint = endpoint;
    token = Connection.token(endpoint.getToken());
  }

  Reply handshake() {
    return one("handshake", Handshake.newBuilder().setProtocol(PROTOCOL).build());
  }

  Reply beginUpload(BeginUpload request) {
    return one("begin_upload", request);
  }

  /** Keeps an upload for another while. */
  Reply renew(String upload) {
    return one("renew", Renew.newBuilder().setUpload(upload).build());
  }

  Reply commitUpload(CommitUpload request) {
    return one("commit_upload", request);
  }

  /** The events of a training; the last is Trained or an error. */
  Iterator<Reply> train(Train request) {
    return call("train", request);
  }

  Reply cancel(String upload) {
    return one("cancel", Cancel.newBuilder().setUpload(upload).build());
  }

  Reply openModel(OpenModel request) {
    return one("open_model", request);
  }

  Reply exportModel(ExportModel request) {
    return one("export_model", request);
  }

  Reply importModel(ImportModel request) {
    return one("import_model", request);
  }

  Reply stats() {
    return one("stats", StatsRequest.getDefaultInstance());
  }

  PythonReply openPython(OpenPython request) {
    return python("open_python", request).next();
  }

  /** The events of a run; the last is a table or an error. */
  Iterator<PythonReply> runPython(RunPython request) {
    return python("run_python", request);
  }

  PythonReply releasePython(String key) {
    return python("release_python", ReleasePython.newBuilder().setKey(key).build()).next();
  }

  void close() {
    Connections.forget(endpoint);
  }

  private Reply one(String name, Message request) {
    return call(name, request).next();
  }

  private Iterator<Reply> call(String name, Message request) {
    return call(name, request, Reply.parser());
  }

  private Iterator<PythonReply> python(String name, Message request) {
    return call(name, request, PythonReply.parser());
  }

  private <T> Iterator<T> call(String name, Message request, Parser<T> parser) {
    Action action = new Action(name, request.toByteArray());
    Iterator<Result> results = Connections.to(endpoint).client().doAction(action, token);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return results.hasNext();
      }

      @Override
      public T next() {
        try {
          return parser.parseFrom(results.next().getBody());
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException("the service's reply cannot be read", e);
        }
      }
    };
  }
}

package dev.weft.ml;

import dev.weft.engine.spi.ArrowExchange;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Calls of Python functions: the worker gives a row for each row. */
record PythonAnswers(PythonMap map) implements ArrowExchange {

  @Override
  public Stream open(BufferAllocator allocator, Schema input) {
    return new Answers(new PythonStream(map, allocator, input), new Joined(allocator));
  }

  private record Answers(PythonStream stream, Joined joined) implements Stream {

    @Override
    public int window() {
      return PythonStream.WINDOW;
    }

    @Override
    public void send(VectorSchemaRoot batch) {
      stream.send(batch);
    }

    @Override
    public void finish() {
      stream.finish();
    }

    @Override
    public @Nullable VectorSchemaRoot receive() {
      while (true) {
        VectorSchemaRoot rows = stream.receive();
        VectorSchemaRoot whole = rows == null ? null : joined.add(rows, stream.endsBatch());
        if (rows == null || whole != null) {
          return whole;
        }
      }
    }

    @Override
    public void close() {
      joined.close();
      stream.close();
    }
  }
}

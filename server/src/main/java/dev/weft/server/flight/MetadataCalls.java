package dev.weft.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.BasicFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** What JDBC tools ask before their first query: catalogs, tables, types, and what we can do. */
abstract class MetadataCalls extends BasicFlightSqlProducer {

  private final ClientSessions sessions;
  private final BufferAllocator allocator;

  MetadataCalls(ClientSessions sessions, BufferAllocator allocator) {
    this.sessions = sessions;
    this.allocator = allocator;
  }

  @Override
  public void getStreamCatalogs(CallContext call, ServerStreamListener listener) {
    send(Schemas.GET_CATALOGS_SCHEMA, CatalogRows.catalogs(), listener);
  }

  @Override
  public void getStreamSchemas(
      CommandGetDbSchemas command, CallContext call, ServerStreamListener listener) {
    CatalogRows catalog = catalog(call);
    send(Schemas.GET_SCHEMAS_SCHEMA, catalog.schemas(command), listener);
  }

  @Override
  public void getStreamTables(
      CommandGetTables command, CallContext call, ServerStreamListener listener) {
    CatalogRows catalog = catalog(call);
    Schema schema =
        command.getIncludeSchema()
            ? Schemas.GET_TABLES_SCHEMA
            : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA;
    send(schema, catalog.tables(command), listener);
  }

  @Override
  public void getStreamTableTypes(CallContext call, ServerStreamListener listener) {
    send(Schemas.GET_TABLE_TYPES_SCHEMA, CatalogRows.tableTypes(), listener);
  }

  @Override
  public void getStreamPrimaryKeys(
      CommandGetPrimaryKeys command, CallContext call, ServerStreamListener listener) {
    send(Schemas.GET_PRIMARY_KEYS_SCHEMA, List.of(), listener);
  }

  @Override
  public void getStreamExportedKeys(
      CommandGetExportedKeys command, CallContext call, ServerStreamListener listener) {
    send(Schemas.GET_EXPORTED_KEYS_SCHEMA, List.of(), listener);
  }

  @Override
  public void getStreamImportedKeys(
      CommandGetImportedKeys command, CallContext call, ServerStreamListener listener) {
    send(Schemas.GET_IMPORTED_KEYS_SCHEMA, List.of(), listener);
  }

  @Override
  public void getStreamCrossReference(
      CommandGetCrossReference command, CallContext call, ServerStreamListener listener) {
    send(Schemas.GET_CROSS_REFERENCE_SCHEMA, List.of(), listener);
  }

  @Override
  public void getStreamSqlInfo(
      CommandGetSqlInfo command, CallContext call, ServerStreamListener listener) {
    SqlInfoSender.send(SqlInfoTable.values(command.getInfoList()), allocator, listener);
  }

  @Override
  public void getStreamTypeInfo(
      CommandGetXdbcTypeInfo command, CallContext call, ServerStreamListener listener) {
    send(
        Schemas.GET_TYPE_INFO_SCHEMA,
        TypeInfoTable.rows(command.hasDataType(), command.getDataType()),
        listener);
  }

  @Override
  protected <T extends Message> List<FlightEndpoint> determineEndpoints(
      T request, FlightDescriptor descriptor, Schema schema) {
    return List.of(new FlightEndpoint(new Ticket(Any.pack(request).toByteArray())));
  }

  /** The clients' sessions. */
  final ClientSessions sessions() {
    return sessions;
  }

  final BufferAllocator allocator() {
    return allocator;
  }

  /** Does the work; a failure becomes the status that clients understand. */
  static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error failure) {
      throw FlightErrors.of(failure);
    }
  }

  @Override
  public void close() {
    sessions.close();
  }

  private CatalogRows catalog(CallContext call) {
    return guarded(() -> new CatalogRows(sessions.of(call).names()));
  }

  private void send(
      Schema schema,
      List<? extends List<? extends @Nullable Object>> rows,
      ServerStreamListener listener) {
    RowTable.send(schema, rows, allocator, listener);
  }
}

/**
 * The Flight SQL endpoint: {@link dev.weft.server.flight.WeftFlightServer} listens, {@link
 * dev.weft.server.flight.ClientSessions} tells clients apart, {@link
 * dev.weft.server.flight.StatementCalls} plans and runs their statements, {@link
 * dev.weft.server.flight.ScriptCalls} speaks Weft's own protocol.
 */
@NullMarked
package dev.weft.server.flight;

import org.jspecify.annotations.NullMarked;

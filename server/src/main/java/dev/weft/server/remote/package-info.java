/**
 * A session over the network: {@link dev.weft.server.remote.RemoteSession} behaves as an embedded
 * one and speaks Weft's own actions on the Flight endpoint.
 */
@NullMarked
package dev.weft.server.remote;

import org.jspecify.annotations.NullMarked;

/** The messages of Weft's own Flight actions, as JSON, for the server and its remote sessions. */
@NullMarked
package dev.weft.server.wire;

import org.jspecify.annotations.NullMarked;

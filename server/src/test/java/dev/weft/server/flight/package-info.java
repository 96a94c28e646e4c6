/** Tests with real clients. */
@NullMarked
package dev.weft.server.flight;

import org.jspecify.annotations.NullMarked;

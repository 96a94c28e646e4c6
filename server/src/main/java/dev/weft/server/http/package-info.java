/** Models over HTTP: {@link dev.weft.server.http.EndpointHttpServer} answers rows of JSON. */
@NullMarked
package dev.weft.server.http;

import org.jspecify.annotations.NullMarked;

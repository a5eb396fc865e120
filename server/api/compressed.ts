import type { ServerResponse } from 'node:http';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Compresses answers, except for event streams: a compressor would hold events back until it has enough of them. */
export const compressed = (): RequestHandler =>
  compression({ filter: (req, res) => !isEventStream(res) && compression.filter(req, res) });

const isEventStream = (res: ServerResponse) => String(res.getHeader('content-type')).startsWith('text/event-stream');

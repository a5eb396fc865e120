import type { IncomingMessage } from 'node:http';

/** More than any request has in its body here. Bytes. */
const largestBody = 1024 * 1024;

/**
 * Returns the status and the sentence with which a request is refused before its body is read; null for any other. Who refuses a body
 * later has to read all of it first, or Node does: a connection that carries one without an end would keep the server busy. Close the
 * connection with the answer.
 */
export function refusedBody({ headers }: Pick<IncomingMessage, 'headers'>): { status: number; why: string } | null {
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, why: 'This server takes no body without a Content-Length.' };
  if (Number(headers['content-length'] ?? 0) > largestBody)
    return { status: 413, why: `This server takes no body of more than ${largestBody / 1024 / 1024} MB.` };
  return null;
}

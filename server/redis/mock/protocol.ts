/** The protocol of Redis, RESP2: https://redis.io/docs/latest/develop/reference/protocol-spec/. All text is latin1: one character is one byte. */

/** Prints without quotes, as in `+OK`. */
export interface Status {
  status: string;
}

/** An error that a command replies with. The message starts with its kind, as in `ERR syntax error`. */
export class CommandError extends Error {}

export type Reply = string | number | bigint | null | Status | CommandError | readonly Reply[];

export const ok: Status = { status: 'OK' };

/** Writes a reply as Redis sends it. */
export function encodeReply(reply: Reply): string {
  if (reply === null) return '$-1\r\n';
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`;
  if (typeof reply === 'number' || typeof reply === 'bigint') return `:${reply}\r\n`;
  if (reply instanceof CommandError) return `-${reply.message.replace(/[\r\n]/g, ' ')}\r\n`;
  if ('status' in reply) return `+${reply.status}\r\n`;
  return `*${reply.length}\r\n${reply.map(encodeReply).join('')}`;
}

/** Takes what a client sends, in pieces of any size, and returns the commands that are complete. Each is a list of words. */
export function createRequestParser(): (text: string) => string[][] {
  let rest = '';
  return (text) => {
    const sent = rest + text;
    const requests: string[][] = [];
    let at = 0;
    while (at < sent.length) {
      const request = parseRequest(sent, at);
      if (request === null) break;
      requests.push(request.words);
      at = request.end;
    }
    rest = sent.slice(at);
    return requests;
  };
}

/** @returns null if the request is not complete */
function parseRequest(sent: string, start: number): { words: string[]; end: number } | null {
  let at = start;
  /** A line such as `*3` or `$12`. */
  const number = () => {
    const end = sent.indexOf('\r\n', at);
    if (end === -1) return null;
    const value = Number(sent.slice(at + 1, end));
    at = end + 2;
    return value;
  };
  const count = number();
  if (count === null) return null;
  const words: string[] = [];
  for (let index = 0; index < count; index++) {
    const length = number();
    if (length === null || sent.length < at + length + 2) return null;
    words.push(sent.slice(at, at + length));
    at += length + 2;
  }
  return { words, end: at };
}

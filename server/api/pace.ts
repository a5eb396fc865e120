/** Long responses are sent piece by piece, and between two pieces of one client everybody else has a turn. */
const waiting = new Map<string, (() => void)[]>();

/** Sends one piece for each client. */
function sendPieces(): void {
  for (const [client, pieces] of [...waiting]) {
    const send = pieces.shift();
    if (pieces.length === 0) waiting.delete(client);
    send?.();
  }
  if (waiting.size > 0) setImmediate(sendPieces);
}

/** Calls `send` when it is this client's turn: one call for each client, and then everything else that the server does. */
export function inPace(client: string, send: () => void): void {
  if (waiting.size === 0) setImmediate(sendPieces);
  const pieces = waiting.get(client);
  if (pieces) pieces.push(send);
  else waiting.set(client, [send]);
}

/** Headers between the first process and a worker. No request of a client carries them on: see passOn.ts. */
export const headerNames = {
  /** Only the first process knows it. */
  token: 'session-sandbox-token',
  /** The connection of the client, as JSON. */
  connection: 'session-sandbox-connection',
  /** Names a request that opens a sandbox. */
  ticket: 'session-sandbox-ticket',
} as const;

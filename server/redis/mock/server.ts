import { createChannels } from './channels.ts';
import { createClient } from './client.ts';
import type { Commands, Run } from './command.ts';
import { openDatabase } from './database.ts';
import { createRequestParser } from './protocol.ts';
import { scriptCommands } from './scripts.ts';
import type { MockServer } from './shared.ts';
import type { Accept } from './socket.ts';
import { dataCommands } from './table.ts';

/**
 * A server in this process that speaks the protocol of Redis. `acceptWith` accepts connections that carry out some commands in
 * another way.
 */
export function createMockServer(): MockServer & { acceptWith: (own: Commands) => Accept } {
  const database = openDatabase();
  const waiting = new Set<() => boolean>();
  let clients = 0;
  let serving = false;

  const server: MockServer = {
    database,
    channels: createChannels(),
    find: (name) => (Object.hasOwn(commands, name) ? commands[name] : undefined),
    waitFor(attempt) {
      waiting.add(attempt);
      return () => void waiting.delete(attempt);
    },
    serveWaiting() {
      // What one gets may be what another one waits for.
      if (serving) return;
      serving = true;
      try {
        while ([...waiting].some((attempt) => attempt()));
      } finally {
        serving = false;
      }
    },
  };
  const commands: Record<string, Run> = { ...dataCommands, ...scriptCommands(server) };

  return {
    ...server,
    acceptWith: (own) => (send) => {
      const parse = createRequestParser();
      const client = createClient(server, ++clients, send, own);
      return {
        receive(text) {
          for (const words of parse(text)) client.receive(words);
        },
        closed: client.close,
      };
    },
  };
}

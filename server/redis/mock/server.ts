import { bareSet } from './bareSet.ts';
import { createChannels } from './channels.ts';
import { createClient } from './client.ts';
import type { Commands, Run } from './command.ts';
import { openDatabase } from './database.ts';
import { createRequestParser } from './protocol.ts';
import { scriptCommands } from './scripts.ts';
import type { MockServer } from './shared.ts';
import type { Accept, Peer } from './socket.ts';
import { dataCommands } from './table.ts';

/** A server in this process that speaks the protocol of Redis. @param host a name of its own */
export function createMockServer(host: string): MockServer & { accept: Accept; acceptBare: Accept } {
  const database = openDatabase(host);
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
    accept: (send) => acceptWith(send, {}),
    acceptBare: (send) => acceptWith(send, { set: bareSet }),
  };

  /** @param own what this connection carries out in another way */
  function acceptWith(send: (text: string) => void, own: Commands): Peer {
    const parse = createRequestParser();
    const client = createClient(server, ++clients, send, own);
    return {
      receive(text) {
        for (const words of parse(text)) client.receive(words);
      },
      closed: client.close,
    };
  }
}

/** In a worker: what is limited for the whole server is asked of the first process, so that nobody gets it once for each process. */
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Share, SharesOf } from '../lab/shares.ts';
import type { Turns } from '../lab/turns.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** How long what was recorded may be unknown to the first process. Milliseconds. */
const reportInterval = 50;

interface Asked {
  granted(): void;
  refused(error: SandboxError): void;
}

export function createBorrower(send: (message: FromWorker) => void) {
  const asked = new Map<number, Asked>();
  let asks = 0;
  const bytes = new Map<string, number>();
  /** Clients whose bytes the first process does not know yet. */
  const unknown = new Set<string>();
  /** Clients for whom there is no memory left, by what the first process said last. */
  const full = new Set<string>();

  /** Resolves to what gives it back. */
  function ask(message: (ask: number) => FromWorker, signal?: AbortSignal): Promise<() => void> {
    const number = asks++;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const giveBack = () => send({ type: 'give-back', ask: number });
      const leave = () => {
        asked.delete(number);
        giveBack();
        reject(signal?.reason);
      };
      const settle = () => {
        asked.delete(number);
        signal?.removeEventListener('abort', leave);
      };
      asked.set(number, {
        granted() {
          settle();
          let givenBack = false;
          resolve(() => {
            if (!givenBack) giveBack();
            givenBack = true;
          });
        },
        refused(error) {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', leave, { once: true });
      send(message(number));
    });
  }

  function changeBytes(client: string, by: number): void {
    const now = (bytes.get(client) ?? 0) + by;
    if (now > 0) bytes.set(client, now);
    else bytes.delete(client);
    unknown.add(client);
  }

  const shares: SharesOf = {
    of: (client): Share => ({
      client,
      hold: (what) => ask((ask) => ({ type: 'hold', ask, client, what })),
      // A trace grows at every event and cannot wait for an answer. So it is counted here, and the first process says when to stop.
      take(what, amount = 1) {
        if (what !== 'bytes') throw new Error(`"${what}" has to be asked for.`);
        if (full.has(client)) return false;
        changeBytes(client, amount);
        return true;
      },
      giveBack: (_what, amount = 1) => changeBytes(client, -amount),
    }),
  };

  const reporting = setInterval(() => {
    // Who is full asks on, because others may have given back.
    const clients = new Set([...unknown, ...full]);
    unknown.clear();
    if (clients.size > 0)
      send({ type: 'bytes', clients: [...clients].map((client) => [client, bytes.get(client) ?? 0]) });
  }, reportInterval);

  return {
    shares,
    turns: (name: string): Pick<Turns, 'take'> => ({
      take: (waiter, signal) => ask((ask) => ({ type: 'turn', ask, of: name, waiter }), signal),
    }),
    /** Takes what the first process says about it. */
    hear(message: ToWorker): void {
      if (message.type === 'granted') asked.get(message.ask)?.granted();
      if (message.type === 'refused') {
        const { code, message: sentence, retryAfter } = message.error;
        const how = retryAfter === undefined ? {} : { retryAfter };
        asked.get(message.ask)?.refused(new SandboxError(code, sentence, how));
      }
      if (message.type === 'room')
        for (const [client, hasRoom] of message.clients) {
          if (hasRoom) full.delete(client);
          else full.add(client);
        }
    },
    close: () => clearInterval(reporting),
  };
}

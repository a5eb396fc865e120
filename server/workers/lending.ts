/** In the first process: what one worker holds of the clients' shares and of the turns, for as long as it lives. */
import { SandboxError } from '../../scenarios/engine/errors.ts';
import type { Shares } from '../lab/shares.ts';
import { sharedTurnsOf } from '../lab/turns.ts';
import type { FromWorker, ToWorker } from './messages.ts';

export type Lender = ReturnType<typeof createLender>;

export function createLender(shares: Shares, send: (message: ToWorker) => void) {
  /** By the number of the ask. What is still waited for is given up in the same way. */
  const lent = new Map<number, () => void>();
  const bytes = new Map<string, number>();
  const full = new Set<string>();

  function refuse(ask: number, error: unknown): void {
    const { code, message, retryAfter } =
      error instanceof SandboxError ? error : new SandboxError('failed', 'The server failed. Its console shows why.');
    send({ type: 'refused', ask, error: { code, message, retryAfter } });
  }

  function grant(ask: number, giveBack: () => void): void {
    lent.set(ask, giveBack);
    send({ type: 'granted', ask });
  }

  function lendTurn({ ask, of, waiter }: Extract<FromWorker, { type: 'turn' }>): void {
    const leaving = new AbortController();
    lent.set(ask, () => leaving.abort());
    // Both processes run the same program, so both have the same queues.
    sharedTurnsOf(of)!
      .take(waiter, leaving.signal)
      .then(
        (pass) => (lent.has(ask) ? grant(ask, pass) : pass()),
        // The worker wants it no more.
        () => {},
      );
  }

  /** Counts what is recorded already in any case. Returns whether there is room for more. */
  function count(client: string, now: number): boolean {
    const share = shares.of(client);
    const more = now - (bytes.get(client) ?? 0);
    if (now > 0) bytes.set(client, now);
    else bytes.delete(client);
    const hasRoom = share.take('bytes', more);
    if (!hasRoom) share.giveBack('bytes', -more);
    return hasRoom;
  }

  return {
    hear(message: FromWorker): void {
      switch (message.type) {
        case 'hold':
          try {
            grant(message.ask, shares.of(message.client).hold(message.what));
          } catch (error) {
            refuse(message.ask, error);
          }
          break;
        case 'turn':
          lendTurn(message);
          break;
        case 'give-back': {
          const giveBack = lent.get(message.ask);
          lent.delete(message.ask);
          giveBack?.();
          break;
        }
        case 'bytes': {
          const clients = message.clients.map(([client, now]) => [client, count(client, now)] as [string, boolean]);
          const told = clients.filter(([client, hasRoom]) => hasRoom === full.has(client));
          for (const [client, hasRoom] of told) {
            if (hasRoom) full.delete(client);
            else full.add(client);
          }
          if (told.length > 0) send({ type: 'room', clients: told });
        }
      }
    },
    /** Takes everything back: the worker has ended. */
    end(): void {
      const all = [...lent.values()];
      lent.clear();
      for (const giveBack of all) giveBack();
      for (const client of [...bytes.keys()]) count(client, 0);
    },
  };
}

/** Who waits for a turn: a client of the server, and one of its sandboxes. */
export interface Waiter {
  readonly client: string;
  readonly sandbox: string;
}

export interface Turns {
  /**
   * Resolves when it is the waiter's turn, to a function that passes the turn on.
   * @throws the signal's reason when it aborts before that
   */
  take(waiter: Waiter, signal: AbortSignal): Promise<() => void>;
  /** Does the work when it is the waiter's turn. @throws the signal's reason when it aborts before that */
  run<Result>(waiter: Waiter, signal: AbortSignal, work: () => Result | Promise<Result>): Promise<Result>;
}

interface Place {
  start: () => void;
}

const shared = new Map<string, Turns>();

/** Where a worker process takes its turns; null in the first process, which gives them. */
let takenFrom: ((name: string) => Pick<Turns, 'take'>) | null = null;

/** From now on, this process takes its shared turns there: what is limited for the whole server is counted in one place. */
export function takeSharedTurnsFrom(source: (name: string) => Pick<Turns, 'take'>): void {
  takenFrom = source;
}

/** Returns the turns of that name that this process gives to its workers. */
export const sharedTurnsOf = (name: string): Turns | undefined => shared.get(name);

/**
 * Creates a fair queue in which all processes of a server wait together.
 * @param name the same in each process
 * @param apart the first process has a queue of its own, so that the driver of a workshop does not wait for the participants
 */
export function createSharedTurns(
  name: string,
  { atOnce, each, apart = false }: { atOnce: number; each?: number; apart?: boolean },
): Turns {
  const own = createTurns(atOnce, each);
  shared.set(name, apart ? createTurns(atOnce, each) : own);
  return withRun((waiter, signal) => (takenFrom?.(name) ?? own).take(waiter, signal));
}

const withRun = (take: Turns['take']): Turns => ({
  take,
  async run(waiter, signal, work) {
    const passOn = await take(waiter, signal);
    try {
      return await work();
    } finally {
      passOn();
    }
  },
});

/** Half of what a client has used is forgotten after so many ms. */
const halfLife = 10_000;
/** Clients that differ by less than so many ms take turns. */
const grain = 100;
/** So many clients are remembered at most, and those who used least are forgotten first. */
const mostRemembered = 500;

/** Remembers how long each client had the turn lately, in ms. */
function createUsage() {
  const used = new Map<string, { ms: number; at: number }>();
  const usedBy = (client: string): number => {
    const known = used.get(client);
    return known ? known.ms * 0.5 ** ((performance.now() - known.at) / halfLife) : 0;
  };
  return {
    usedBy,
    add(client: string, ms: number): void {
      used.set(client, { ms: usedBy(client) + ms, at: performance.now() });
      if (used.size <= mostRemembered) return;
      const [least] = [...used.keys()].sort((a, b) => usedBy(a) - usedBy(b));
      used.delete(least!);
    },
  };
}

/**
 * Creates a fair queue: who has had the turn least lately comes first, then the clients take turns, and within a client its sandboxes.
 * A client with a thousand things to do does not delay a client with one, and several such clients do not either.
 *
 * @param atOnce how many may have the turn
 * @param each how many of one client
 */
export function createTurns(atOnce: number, each: number = atOnce): Turns {
  /** In the order of their turns. A Map keeps the order in which its keys were added. */
  const clients = new Map<string, Map<string, Place[]>>();
  const working = new Map<string, number>();
  const usage = createUsage();
  let all = 0;

  /** Takes the next one out, and moves its client and its sandbox to the end. */
  function next(): [client: string, place: Place] | undefined {
    const client = leastServed();
    if (client === undefined) return undefined;
    const sandboxes = clients.get(client)!;
    const [sandbox, places] = sandboxes.entries().next().value!;
    const place = places.shift()!;
    sandboxes.delete(sandbox);
    if (places.length > 0) sandboxes.set(sandbox, places);
    clients.delete(client);
    if (sandboxes.size > 0) clients.set(client, sandboxes);
    return [client, place];
  }

  /** Who of those who may have the turn had it least lately; the first of several. */
  function leastServed(): string | undefined {
    let least: { client: string; used: number } | undefined;
    for (const client of clients.keys()) {
      if ((working.get(client) ?? 0) >= each) continue;
      const used = Math.floor(usage.usedBy(client) / grain);
      if (!least || used < least.used) least = { client, used };
      if (used === 0) break;
    }
    return least?.client;
  }

  function startNext(): void {
    while (all < atOnce) {
      const found = next();
      if (!found) return;
      const [client, { start }] = found;
      all += 1;
      working.set(client, (working.get(client) ?? 0) + 1);
      start();
    }
  }

  function pass(client: string, ms: number): void {
    usage.add(client, ms);
    all -= 1;
    const left = working.get(client)! - 1;
    if (left === 0) working.delete(client);
    else working.set(client, left);
    startNext();
  }

  function leave({ client, sandbox }: Waiter, place: Place): void {
    const sandboxes = clients.get(client);
    const places = sandboxes?.get(sandbox);
    const index = places?.indexOf(place) ?? -1;
    if (index === -1) return;
    places!.splice(index, 1);
    if (places!.length === 0) sandboxes!.delete(sandbox);
    if (sandboxes!.size === 0) clients.delete(client);
  }

  return withRun((waiter, signal) => {
    const { client, sandbox } = waiter;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const giveUp = () => {
        leave(waiter, place);
        reject(signal.reason);
      };
      const place: Place = {
        start() {
          signal.removeEventListener('abort', giveUp);
          let passed = false;
          const started = performance.now();
          resolve(() => {
            if (!passed) pass(client, performance.now() - started);
            passed = true;
          });
        },
      };
      signal.addEventListener('abort', giveUp, { once: true });
      const sandboxes = clients.get(client) ?? new Map<string, Place[]>();
      clients.set(client, sandboxes);
      const places = sandboxes.get(sandbox) ?? [];
      places.push(place);
      sandboxes.set(sandbox, places);
      startNext();
    });
  });
}

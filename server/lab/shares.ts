/** What each client of a server may take of it, so that nobody takes more than a share. */
import { SandboxError } from '../../scenarios/engine/errors.ts';

interface Room {
  /** For all clients. */
  all: number;
  /** The most that one client may hold. */
  each: number;
  /** The part of `all` that is reserved for the client at this machine. */
  reserve: number;
  /**
   * One client may hold at most this many times what is left. So the first clients may hold much and later ones less and less, and a
   * client with many addresses never takes all of it (dynamic thresholds, Choudhury and Hahne 1998).
   */
  timesLeft: number;
}

const megabyte = 1024 * 1024;

/** Enough for a class that reaches the server through one address, in a fraction of a laptop's memory. */
export const usualRoom = {
  /** Several tabs for each of thirty learners. */
  sandboxes: { all: 300, each: 90, reserve: 30, timesLeft: 0.5 },
  /** Event streams. A page has one for each sandbox that it shows. */
  streams: { all: 1000, each: 250, reserve: 100, timesLeft: 0.5 },
  /** Requests that are not answered yet, and answers that are not read yet, streams included. */
  requests: { all: 2000, each: 500, reserve: 200, timesLeft: 0.5 },
  /** Of a workshop. A whole class can come through one address. */
  participants: { all: 600, each: 300, reserve: 0, timesLeft: 1 },
  /** What traces keep. */
  bytes: { all: 512 * megabyte, each: 128 * megabyte, reserve: 64 * megabyte, timesLeft: 0.5 },
  /** Of one sandbox alone, each with a process that guards it: some 60 MB together. */
  redisServers: { all: 20, each: 8, reserve: 2, timesLeft: 1 },
  /** Of one sandbox alone, to hash passwords: some 45 MB. A class can do the lesson that needs them, also through one address. */
  processes: { all: 40, each: 30, reserve: 4, timesLeft: 5 },
} satisfies Record<string, Room>;

export type Resource = keyof typeof usualRoom;
export type Rooms = Record<Resource, Room>;

/** The client that sits at this machine. It shares with nobody: all clients together must leave it the reserve. */
export const atThisMachine = 'this machine';

/** What one client may take. */
export interface Share {
  readonly client: string;
  /** Takes so much, and returns whether there was room for it. */
  take(what: Resource, amount?: number): boolean;
  giveBack(what: Resource, amount?: number): void;
  /**
   * Takes one, and returns a function that gives it back. A worker process has to ask the first process for it.
   * @throws SandboxError `too-many`
   */
  hold(what: Resource): (() => void) | Promise<() => void>;
}

/** A share that is counted in this process, so that nobody has to be asked. */
export interface CountedShare extends Share {
  hold(what: Resource): () => void;
}

/** Finds the share of a client. */
export interface SharesOf<Kind extends Share = Share> {
  of(client: string): Kind;
}

export type Shares = ReturnType<typeof createShares>;

export function createShares(rooms: Rooms = usualRoom) {
  const held = new Map<string, Map<Resource, number>>();
  const all = new Map<Resource, number>();
  const heldBy = (client: string, what: Resource) => held.get(client)?.get(what) ?? 0;

  function hasRoom(client: string, what: Resource, amount: number): boolean {
    const { all: most, each, reserve, timesLeft } = rooms[what];
    const taken = all.get(what) ?? 0;
    if (taken + amount > most) return false;
    if (client === atThisMachine) return true;
    const byOthers = taken - heldBy(atThisMachine, what);
    const left = most - reserve - byOthers;
    const held = heldBy(client, what) + amount;
    return amount <= left && held <= Math.min(each, timesLeft * left);
  }

  function add(client: string, what: Resource, amount: number): void {
    all.set(what, (all.get(what) ?? 0) + amount);
    const own = held.get(client) ?? new Map<Resource, number>();
    held.set(client, own);
    const left = heldBy(client, what) + amount;
    if (left > 0) own.set(what, left);
    else own.delete(what);
    if (own.size === 0) held.delete(client);
  }

  return {
    of(client: string): CountedShare {
      const share: CountedShare = {
        client,
        take(what, amount = 1) {
          if (!hasRoom(client, what, amount)) return false;
          add(client, what, amount);
          return true;
        },
        giveBack: (what, amount = 1) => add(client, what, -amount),
        hold(what) {
          if (!share.take(what))
            throw refusal(what, client === atThisMachine ? (all.get(what) ?? 0) : heldBy(client, what));
          let givenBack = false;
          return () => {
            if (!givenBack) share.giveBack(what);
            givenBack = true;
          };
        },
      };
      return share;
    },
    /** How much all clients hold. */
    taken: (what: Resource) => all.get(what) ?? 0,
    /** How many clients hold something. */
    get clients() {
      return held.size;
    },
  };
}

/** What a sandbox holds of its client's share until it ends. */
export function createHoldings(share: Share) {
  const releases: (() => void)[] = [];
  let bytes = 0;
  return {
    client: share.client,
    /** @throws SandboxError `too-many` */
    hold: async (what: Resource): Promise<void> => void releases.push(await share.hold(what)),
    /** Returns whether there was memory for so many more bytes. What is there already is held in any case. */
    keep(more: number): boolean {
      if (!share.take('bytes', more)) return false;
      bytes += more;
      return true;
    },
    release(): void {
      for (const release of releases.splice(0)) release();
      share.giveBack('bytes', bytes);
      bytes = 0;
    },
  };
}

export type Holdings = ReturnType<typeof createHoldings>;

/** For a client that shares with nobody: the command line, and tests. */
export const unshared = (): Share => createShares().of(atThisMachine);

const ofALesson = (what: string, count: number) =>
  `This lesson starts ${what} of its own, and this server runs no more of them for you than the ${count} there are. Close another page with such a lesson, or try again in a moment.`;

const sentences: Record<Resource, (count: number) => string> = {
  sandboxes: (count) =>
    `You have ${count} sandboxes already, and this server keeps no more for you. Close a page, or wait until idle ones are removed.`,
  streams: (count) => `${count} pages of yours follow sandboxes already, and this server serves no more. Close one.`,
  requests: (count) => `${count} requests of yours wait for their answers. Wait for some of them, then try again.`,
  participants: (count) =>
    `${count} participants have entered from your network, and this room has no more places for it.`,
  bytes: () => 'The traces of your sandboxes take as much memory as this server has for you. Close a page first.',
  redisServers: (count) => ofALesson('a Redis server', count),
  processes: (count) => ofALesson('a process', count),
};

/** Seconds after which it is worth trying again. */
const usualWait = 10;

const refusal = (what: Resource, count: number) =>
  new SandboxError('too-many', sentences[what](count), { retryAfter: usualWait });

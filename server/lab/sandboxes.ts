import { minutes } from '../../scenarios/engine/durations.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { createSandbox, type Sandbox, type SandboxSettings } from './sandbox.ts';
import { atThisMachine, type CountedShare, createShares, type Share, type SharesOf } from './shares.ts';

/** How long a sandbox is kept while nobody has its page open or asks for it. Milliseconds. */
const longestIdle = minutes(15);

/** Then a sandbox may go as soon as its client wants another one: a page that was opened follows its sandbox. Milliseconds. */
export const spareAfter = minutes(1);

/** More pages than anybody opens of one sandbox. */
const mostListeners = 20;

interface Entry {
  sandbox: Sandbox;
  client: string;
  /** Gives back its room. */
  release: () => void;
  listeners: number;
  lastUsed: number;
}

/** Keeps the sandboxes of one server, finds them by id, and removes idle ones. */
export function createSandboxes<Kind extends Share = CountedShare>({
  shares = createShares() as unknown as SharesOf<Kind>,
  idle = longestIdle,
}: {
  shares?: SharesOf<Kind>;
  idle?: number;
} = {}) {
  const entries = new Map<string, Entry>();
  const unusedFor = ({ listeners, lastUsed }: Entry) => (listeners === 0 ? performance.now() - lastUsed : 0);

  async function end(id: string, why: string): Promise<boolean> {
    const entry = entries.get(id);
    if (!entry) return false;
    entries.delete(id);
    entry.release();
    await entry.sandbox.end(why);
    return true;
  }

  const sweep = setInterval(
    () => {
      for (const [id, entry] of entries) if (unusedFor(entry) > idle) void end(id, 'Nobody has used it for a while.');
    },
    Math.min(idle, minutes(1)),
  );
  sweep.unref();

  /** @throws SandboxError `too-many` when the client uses all of its sandboxes */
  async function makeRoom(share: Share): Promise<() => void> {
    try {
      return await share.hold('sandboxes');
    } catch (error) {
      const own = [...entries].filter(([, entry]) => entry.client === share.client && unusedFor(entry) > spareAfter);
      const [longest] = own.sort(([, one], [, other]) => one.lastUsed - other.lastUsed);
      if (!longest) throw error;
      // `void`: nobody waits for its end, and its room is free already.
      void end(longest[0], 'Nobody used it, and another one was opened in its place.');
      return share.hold('sandboxes');
    }
  }

  return {
    get size() {
      return entries.size;
    },

    /** The shares of its clients. */
    shares,

    /** @throws SandboxError `too-many`, and what createSandbox throws */
    async create(given: SandboxSettings): Promise<Sandbox> {
      const share = given.share ?? shares.of(atThisMachine);
      const release = await makeRoom(share);
      try {
        const sandbox = await createSandbox({ ...given, share });
        entries.set(sandbox.id, { sandbox, client: share.client, release, listeners: 0, lastUsed: performance.now() });
        return sandbox;
      } catch (error) {
        release();
        throw error;
      }
    },

    /** Returns the sandbox. It counts as used now. */
    find(id: string): Sandbox | undefined {
      const entry = entries.get(id);
      if (entry) entry.lastUsed = performance.now();
      return entry?.sandbox;
    },

    /** Keeps the sandbox, until the returned function is called. @throws SandboxError `too-many` when many others keep it */
    hold(id: string): () => void {
      const entry = entries.get(id);
      if (!entry) return () => {};
      if (entry.listeners >= mostListeners)
        throw new SandboxError('too-many', `${mostListeners} pages follow this sandbox already. Close one of them.`, {
          retryAfter: 10,
        });
      entry.listeners += 1;
      return () => {
        entry.listeners -= 1;
        entry.lastUsed = performance.now();
      };
    },

    /** Ends a sandbox. Resolves to false if there is none with that id. */
    end,

    async endAll(why: string): Promise<void> {
      clearInterval(sweep);
      await Promise.all([...entries.keys()].map((id) => end(id, why)));
    },
  };
}

export type Sandboxes = ReturnType<typeof createSandboxes<Share>>;
/** Those of the process that counts what each client takes. */
export type CountedSandboxes = ReturnType<typeof createSandboxes<CountedShare>>;

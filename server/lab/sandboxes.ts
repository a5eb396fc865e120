import { minutes } from '../../scenarios/engine/durations.ts';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { createSandbox, type Sandbox, type SandboxSettings } from './sandbox.ts';

/** Enough for a class with several tabs each, in a fraction of a laptop's memory. */
const mostSandboxes = 300;

/** How long a sandbox is kept while nobody has its page open or asks for it. Milliseconds. */
const longestIdle = minutes(15);

/** Keeps the sandboxes of one server, finds them by id, and removes idle ones. */
export function createSandboxes({ limit = mostSandboxes, idle = longestIdle } = {}) {
  const entries = new Map<string, { sandbox: Sandbox; listeners: number; lastUsed: number }>();
  let creating = 0;

  async function end(id: string, why: string): Promise<boolean> {
    const entry = entries.get(id);
    if (!entry) return false;
    entries.delete(id);
    await entry.sandbox.end(why);
    return true;
  }

  const sweep = setInterval(
    () => {
      for (const [id, { listeners, lastUsed }] of entries) {
        if (listeners === 0 && performance.now() - lastUsed > idle) void end(id, 'Nobody has used it for a while.');
      }
    },
    Math.min(idle, minutes(1)),
  );
  sweep.unref();

  return {
    get size() {
      return entries.size;
    },

    /** @throws SandboxError `too-many`, and what createSandbox throws */
    async create(settings: SandboxSettings): Promise<Sandbox> {
      if (entries.size + creating >= limit) {
        throw new SandboxError(
          'too-many',
          `There are ${limit} sandboxes already, the most this server keeps. Close a page, or wait until idle ones are removed.`,
        );
      }
      creating += 1;
      try {
        const sandbox = await createSandbox(settings);
        entries.set(sandbox.id, { sandbox, listeners: 0, lastUsed: performance.now() });
        return sandbox;
      } finally {
        creating -= 1;
      }
    },

    /** Returns the sandbox. It counts as used now. */
    find(id: string): Sandbox | undefined {
      const entry = entries.get(id);
      if (entry) entry.lastUsed = performance.now();
      return entry?.sandbox;
    },

    /** Keeps the sandbox, until the returned function is called. */
    hold(id: string): () => void {
      const entry = entries.get(id);
      if (!entry) return () => {};
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

export type Sandboxes = ReturnType<typeof createSandboxes>;

/** Who changed a key does not matter here: Redis tells that it has changed. */

/** Tells which keys change. It does not matter which client changes them. */
export interface KeyNotices {
  /** Why this Redis does not tell, as a sentence: then nobody is called, and the keys must be looked at. null: it tells. */
  readonly untold: string | null;
  /** Resolves when what has changed by now has been told. Rejects when Redis is lost. */
  arrived(): Promise<void>;
  /**
   * @param prefix how the names of the keys begin
   * @param changed called with whole names of keys; with null when changes may have been missed
   * @returns ends the calls
   */
  listen(prefix: string, changed: (names: string[] | null) => void): () => void;
}

type Listener = (names: string[] | null) => void;

/** Passes the names of keys to the listeners of their prefix. */
export function createNoticeBoard() {
  const listeners = new Map<string, Set<Listener>>();
  /** The lengths of the prefixes. There is one in practice, so that a name is found at once among hundreds of prefixes. */
  const lengths = new Map<number, number>();

  function listen(prefix: string, changed: Listener): () => void {
    const ofPrefix = listeners.get(prefix) ?? new Set();
    if (ofPrefix.size === 0) lengths.set(prefix.length, (lengths.get(prefix.length) ?? 0) + 1);
    listeners.set(prefix, ofPrefix.add(changed));
    return () => {
      if (!ofPrefix.delete(changed) || ofPrefix.size > 0) return;
      listeners.delete(prefix);
      const left = lengths.get(prefix.length)! - 1;
      if (left === 0) lengths.delete(prefix.length);
      else lengths.set(prefix.length, left);
    };
  }

  return {
    listen,
    tell(names: readonly string[]): void {
      const byPrefix = new Map<string, string[]>();
      for (const name of names) {
        for (const length of lengths.keys()) {
          const prefix = name.slice(0, length);
          if (listeners.has(prefix)) byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), name]);
        }
      }
      for (const [prefix, own] of byPrefix) for (const changed of listeners.get(prefix) ?? []) changed(own);
    },
    /** Changes may have been missed. */
    tellAll(): void {
      for (const ofPrefix of listeners.values()) for (const changed of ofPrefix) changed(null);
    },
  };
}

import { globMatcher } from './scan.ts';

/** Receives what is published. `pattern` is the one that matched, if it subscribed to a pattern. */
export type Subscriber = (channel: string, message: string, pattern: string | null) => void;

/** Publish and subscribe: who listens to which channels and patterns. */
export function createChannels() {
  const channels = new Map<string, Set<Subscriber>>();
  const patterns = new Map<string, { matches: (channel: string) => boolean; subscribers: Set<Subscriber> }>();

  const to = (channel: string) => channels.get(channel) ?? new Set<Subscriber>();
  const matching = (channel: string) => [...patterns].filter(([, { matches }]) => matches(channel));

  return {
    subscribe(channel: string, subscriber: Subscriber): void {
      channels.set(channel, to(channel).add(subscriber));
    },
    unsubscribe(channel: string, subscriber: Subscriber): void {
      const left = to(channel);
      left.delete(subscriber);
      if (left.size === 0) channels.delete(channel);
    },
    subscribeToPattern(pattern: string, subscriber: Subscriber): void {
      const known = patterns.get(pattern) ?? { matches: globMatcher(pattern), subscribers: new Set() };
      known.subscribers.add(subscriber);
      patterns.set(pattern, known);
    },
    unsubscribeFromPattern(pattern: string, subscriber: Subscriber): void {
      const known = patterns.get(pattern);
      known?.subscribers.delete(subscriber);
      if (known?.subscribers.size === 0) patterns.delete(pattern);
    },
    /** Returns how many received it. */
    publish(channel: string, message: string): number {
      const direct = [...to(channel)];
      for (const subscriber of direct) subscriber(channel, message, null);
      let received = direct.length;
      for (const [pattern, { subscribers }] of matching(channel)) {
        for (const subscriber of subscribers) subscriber(channel, message, pattern);
        received += subscribers.size;
      }
      return received;
    },
    names: (pattern?: string) => [...channels.keys()].filter(pattern === undefined ? () => true : globMatcher(pattern)),
    count: (channel: string) => to(channel).size,
    patternCount: () => patterns.size,
  };
}

export type Channels = ReturnType<typeof createChannels>;

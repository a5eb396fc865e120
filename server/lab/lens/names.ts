import type { Redis } from 'ioredis';

type Text = string | Buffer | number;

/** Adds a namespace to names and patterns, and takes it off again. */
export function createNames(namespace: string) {
  const bytes = Buffer.from(namespace);
  /** Characters that mean something in a pattern of Redis. */
  const literal = namespace.replaceAll(/[\\*?[\]]/g, '\\$&');

  const prefixed = (prefix: string) => (name: Text) =>
    name instanceof Buffer ? Buffer.concat([Buffer.from(prefix), name]) : prefix + name;

  const has = (name: Text) =>
    name instanceof Buffer ? name.subarray(0, bytes.length).equals(bytes) : String(name).startsWith(namespace);

  function strip(name: unknown): unknown {
    if (name instanceof Buffer) return has(name) ? name.subarray(bytes.length) : name;
    return typeof name === 'string' && has(name) ? name.slice(namespace.length) : name;
  }

  const inList = (change: (list: unknown[]) => unknown[]) => (raw: unknown) => (Array.isArray(raw) ? change(raw) : raw);
  const stripFirst = inList(([first, ...rest]) => [strip(first), ...rest]);

  return {
    add: prefixed(namespace),
    /** A pattern that matches names of the namespace only. */
    pattern: prefixed(literal),
    has,
    strip,
    stripAll: inList((all) => all.map(strip)),
    stripFirst,
    stripFirstOfEach: inList((all) => all.map(stripFirst)),
    stripEveryOther: inList((all) => all.map((each, index) => (index % 2 === 0 ? strip(each) : each))),

    /** Takes the namespace off the channels of messages that this connection receives. */
    stripMessages(redis: Redis): void {
      const { emit } = redis;
      const withoutPattern = (pattern: unknown) =>
        typeof pattern === 'string' && pattern.startsWith(literal) ? pattern.slice(literal.length) : strip(pattern);
      redis.emit = (event, ...args) => {
        if (/^s?message(Buffer)?$/.test(String(event)))
          return emit.call(redis, event, strip(args[0]), ...args.slice(1));
        if (/^pmessage(Buffer)?$/.test(String(event)))
          return emit.call(redis, event, withoutPattern(args[0]), strip(args[1]), ...args.slice(2));
        return emit.call(redis, event, ...args);
      };
    },
  };
}

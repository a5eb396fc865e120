import RedisMock from 'ioredis-mock';
import type { Run } from './command.ts';
import { ok } from './protocol.ts';

type Emulator = (this: object, ...args: string[]) => unknown;

/** ioredis-mock makes its commands of these functions. It hands them to a method that a class of ours may replace. */
class Emulators extends (RedisMock as unknown as { Pipeline: new (redis: object) => object }).Pipeline {
  _createCommand(_: string, emulator: Emulator): Emulator {
    return emulator;
  }
}

const { set } = new Emulators({ customCommands: {} }) as unknown as { set: Emulator };

/**
 * SET as ioredis-mock itself carries it out, for the lesson about tests on a mock: it ignores the options it does not know, where
 * Redis refuses them.
 */
export const bareSet: Run = (database, [key = '', text = '', ...options]) => {
  const reply = set.call(
    {
      data: {
        has: database.has,
        get: (name: string) => database.find(name, 'string')?.text,
        set: (name: string, value: string) => database.keep(name, { type: 'string', text: value }),
      },
      expires: {
        set: database.expireAt,
        delete: (name: string) => database.expireAt(name, null),
      },
      keyspaceEvents: { K: {}, E: {} },
    },
    key,
    text,
    ...options,
  );
  return reply === 'OK' ? ok : (reply as string | null);
};

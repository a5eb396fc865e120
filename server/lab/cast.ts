/** What a step is given: the actors, and the world around them. */
import { sign } from 'cookie-signature';
import type { Cast, World } from '../../scenarios/engine/cast.ts';
import type { LabActor } from './browser/actor.ts';
import type { Deployment } from './deployment/deployment.ts';
import type { KeyEditor } from './freePlay/keyEditor.ts';
import type { StoreFaults } from './freePlay/storeFaults.ts';
import type { Faults } from './lens/faults.ts';
import type { Lens } from './lens/lens.ts';
import type { Recorder } from './recorder.ts';
import type { OwnRedisOperations } from './store.ts';
import type { Time } from './time/time.ts';

/** Properties that `await` and JSON.stringify() read of every object. */
const readOfEveryObject = ['then', 'toJSON'];

/** Reading an actor that is not in the cast throws an error with the names of those who are. */
export function castOf(actors: readonly LabActor[], world: World): Cast {
  const cast = Object.freeze({ ...Object.fromEntries(actors.map((actor) => [actor.name, actor])), world });
  return new Proxy(cast, {
    get(members, name) {
      if (typeof name === 'symbol' || readOfEveryObject.includes(name) || Object.hasOwn(members, name)) {
        return Reflect.get(members, name);
      }
      throw new Error(
        `There is no "${name}" in the cast of this scenario; there are ${Object.keys(members).join(', ')}.`,
      );
    },
  }) as Cast;
}

export function createWorld(sandbox: {
  deployment: Deployment;
  time: Time;
  lens: Lens;
  keyEditor: KeyEditor;
  faults: Faults;
  storeFaults: StoreFaults;
  recorder: Recorder;
  ownRedis: OwnRedisOperations;
}): World {
  const { deployment, time, lens, keyEditor, faults, storeFaults, recorder, ownRedis } = sandbox;
  const { users, secrets, payments, mails, audits } = deployment.backing;

  return {
    times: deployment.times,
    letPass: (ms) => time.letPass(ms),
    keys: (prefix = '') => lens.keys.read(prefix),
    deleteKey: (name) => keyEditor.delete(name),
    setKey: (name, value, ttl) => keyEditor.set(name, value, ttl),
    expireKey: (name, ttl) => keyEditor.expire(name, ttl),
    memoryRecords: deployment.instances.memoryRecords,
    mail: (to) => mails.filter((mail) => mail.to === to),
    authenticatorCode: deployment.backing.authenticatorCode,
    authenticatorCodeBefore: deployment.backing.authenticatorCodeBefore,
    audit: () => [...audits],
    accessLog: () => [...deployment.accessLog],
    stolenUsers: () => users.all().map(({ email, passwordHash }) => ({ email, passwordHash })),
    unhandled: () => [...deployment.instances.unhandled],
    async restart(change) {
      deployment.instances.restart(change);
    },
    sign: (sid, secret) => encodeURIComponent(`s:${sign(sid, secrets.of(secret))}`),
    holdPayments() {
      payments.close();
      recorder.record({ type: 'fault', fault: { is: 'payments-held' } });
    },
    paymentsWaiting: (count = 1) => payments.reached(count),
    releasePayments() {
      recorder.record({ type: 'fault', fault: { is: 'payments-released' } });
      payments.open();
    },
    slowRedis: storeFaults.slow,
    slowCommandsArrived: () => faults.slowArrived(),
    holdRedis: storeFaults.hold,
    redisHeld: (count = 1) => faults.held(count),
    releaseRedis: storeFaults.release,
    breakRedis: storeFaults.disconnect,
    mendRedis: storeFaults.mend,
    ...ownRedis,
    freezeRedis: storeFaults.freeze,
    thawRedis: storeFaults.thaw,
    evictKey: (name) => storeFaults.evict(name),
    restartRedis: () => storeFaults.restart(),
    endRedisFaults: () => storeFaults.endAll(),
  };
}

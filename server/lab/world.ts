import { sign } from 'cookie-signature';
import type { Redis } from 'ioredis';
import type { World } from '../../scenarios/engine/cast.ts';
import type { Shop } from './deployment/deployment.ts';
import type { KeyEditor } from './freePlay/keyEditor.ts';
import type { Faults } from './lens/faults.ts';
import type { Lens } from './lens/lens.ts';
import { mustAnswer } from './lens/mustAnswer.ts';
import type { OwnRedisOperations } from './ownRedis.ts';
import type { Recorder } from './recorder.ts';
import type { Time } from './time/time.ts';

/** What a step can reach besides the actors. */
export function createWorld(lab: {
  shop: Shop;
  time: Time;
  lens: Lens;
  keyEditor: KeyEditor;
  faults: Faults;
  recorder: Recorder;
  ownRedis: OwnRedisOperations;
  redis: Redis;
}): World {
  const { shop, time, lens, keyEditor, faults, recorder, ownRedis, redis } = lab;
  const tell = (what: string) => recorder.record({ type: 'fault', what });
  const commands = (command: string | undefined) => (command === undefined ? 'Every command' : command.toUpperCase());

  return {
    times: shop.times,
    letPass: (ms) => mustAnswer(time.letPass(ms)),
    keys: (prefix = '') => mustAnswer(lens.keys.read(prefix)),
    deleteKey: (name) => mustAnswer(keyEditor.delete(name)),
    setKey: (name, value, ttl) => mustAnswer(keyEditor.set(name, value, ttl)),
    expireKey: (name, ttl) => mustAnswer(keyEditor.expire(name, ttl)),
    mail: (to) => shop.mails.filter((mail) => mail.to === to),
    audit: () => [...shop.audits],
    accessLog: () => [...shop.accessLog],
    stolenUsers: () => shop.users.all().map(({ email, passwordHash }) => ({ email, passwordHash })),
    unhandled: () => [...shop.unhandled],
    async restart(change) {
      shop.restart(redis, change);
    },
    sign: (sid, secret) => encodeURIComponent(`s:${sign(sid, shop.secrets.of(secret))}`),
    holdPayments() {
      shop.payments.hold();
      tell('The payment provider takes its time');
    },
    paymentsWaiting: (count = 1) => shop.payments.reached(count),
    releasePayments() {
      tell('The payment provider answers');
      shop.payments.release();
    },
    slowRedis(ms, command) {
      faults.slow(ms, command);
      tell(ms > 0 ? `${commands(command)} takes ${ms} ms longer to reach Redis` : 'Redis is as fast as before');
    },
    slowCommandsArrived: () => faults.slowArrived(),
    holdRedis(command) {
      faults.hold(command);
      tell(`${commands(command)} is held on its way to Redis`);
    },
    redisHeld: (count = 1) => faults.held(count),
    releaseRedis() {
      tell('What was held goes on to Redis');
      faults.release();
    },
    breakRedis(command) {
      faults.break(command);
      tell(`${commands(command)} fails: the app cannot reach Redis`);
    },
    mendRedis() {
      faults.mend();
      tell('The app reaches Redis again');
    },
    ...ownRedis,
  };
}

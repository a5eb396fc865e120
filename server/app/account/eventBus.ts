import type { Redis } from 'ioredis';
import type { AccountEvent, Events } from '../services.ts';

/** All databases of a Redis share their channels. A second app, or a test system, on the same Redis needs another name. */
const channel = 'account-events';

/**
 * Carries events between all instances of the app that use this Redis (publish and subscribe). Redis keeps no event: an
 * instance or a page that is not connected at the moment misses it, so a page must ask for the current state when it opens.
 *
 * @returns the events, and a function that closes their connection
 * @throws the error of Redis when it does not let us subscribe
 */
export async function createEventBus(redis: Redis, log: (error: unknown) => void) {
  // A connection that subscribes can do nothing else.
  const subscriber = redis.duplicate({ lazyConnect: true });
  subscriber.on('error', log);
  await subscriber.connect();
  await subscriber.subscribe(channel);

  const events: Events = {
    publish: async (event) => void (await redis.publish(channel, JSON.stringify(event))),
    subscribe: (listener) =>
      void subscriber.on('message', async (_channel, text) => {
        // An error here would belong to no request, and end the process.
        try {
          await listener(JSON.parse(text) as AccountEvent);
        } catch (error) {
          log(error);
        }
      }),
  };
  return { events, close: () => subscriber.disconnect() };
}

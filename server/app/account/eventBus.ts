import type { Redis } from 'ioredis';
import type { AccountEvent, Events } from '../services.ts';

const channel = 'account-events';

/**
 * Carries events between all instances of the app that use this Redis (publish and subscribe). Redis keeps none: whoever
 * is not connected at the moment misses it, so a page must ask for the current state when it opens.
 *
 * @returns the events, and what closes their connection
 */
export async function createEventBus(redis: Redis, log: (error: unknown) => void) {
  // Redis sends messages only on a connection of their own.
  const subscriber = redis.duplicate();
  subscriber.on('error', log);
  await subscriber.connect();
  await subscriber.subscribe(channel);

  const events: Events = {
    publish: async (event) => void (await redis.publish(channel, JSON.stringify(event))),
    subscribe: (listener) =>
      void subscriber.on('message', (_channel, text) => void listener(JSON.parse(text) as AccountEvent)),
  };
  return { events, close: () => subscriber.disconnect() };
}

/** There is no real Redis to connect to. The message says why, and is meant for people. */
export class RedisUnavailable extends Error {
  override name = 'RedisUnavailable';
}

/** REDIS_URL cannot be understood. The message says how it should look and repeats nothing that may be a secret. */
export class BadRedisUrl extends Error {
  override name = 'BadRedisUrl';
}

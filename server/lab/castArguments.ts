/**
 * What a step may pass to the actors and the world. A scenario file may be JavaScript, which nobody checks the types of: what is wrong is
 * told in a sentence of the scenario's own words before anything happens.
 */
import { z } from 'zod';
import type { Actor, Page, World } from '../../scenarios/engine/cast.ts';
import type { LabActor } from './browser/actor.ts';

/** The parameters of a method by name, in their order. The message of each schema says what the argument has to be. */
type Parameters = Readonly<Record<string, z.ZodType>>;

const text = (like: string) => z.string(`a text such as "${like}"`);
const address = text('/me');
const email = text('alice@shop.example');
const fields = z.record(z.string(), z.string('a text'), 'an object of texts');
const json = z.unknown().refine(fitsIntoJson, 'something that JSON can hold');
const method = z.string('a method such as "POST"').regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/i, 'a method such as "POST"');
/** RFC 9110, section 5.5. */
const headerText = z.string('a text').regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'a text that a header can carry');
const options = z
  .looseObject({ headers: fields.optional(), cookie: headerText.optional() }, 'an object such as { headers: {} }')
  .optional();
const cookieName = text('sid').optional();
const cookie = z
  .union([z.string(), z.looseObject({ name: z.string() })], 'the name of a cookie, or a cookie of a jar')
  .optional();
const otherActor = z.custom<Actor>(isActor, 'an actor of the scenario');
const key = text('sess:');
const command = text('get');
const number = z.number('a number of milliseconds').min(0, 'a number of milliseconds, 0 or above');
const count = z.int('a whole number above 0').min(1, 'a whole number above 0');
const change = z.custom((value) => typeof value === 'function', 'a function');

interface Method {
  parameters: Parameters;
  /** Whether it returns a promise, which is rejected then. */
  promises: boolean;
}

const promising = {
  get: { path: address, options },
  post: { path: address, body: json, options },
  delete: { path: address, body: json, options },
  send: { method, path: address, body: z.string('a text').optional(), options },
  visit: { url: address, options },
  image: { url: address },
  styleSheet: { url: address, options },
  frame: { url: address, fields: fields.optional() },
  link: { url: address },
  form: { url: address, fields, type: text('text/plain').optional() },
  plantCookie: { victim: otherActor, name: cookieName },
  copyCookie: { victim: otherActor, which: cookie },
} satisfies Partial<Record<keyof Actor, Parameters>>;

const immediate = {
  on: { origin: text('https://shop.example') },
  writeCookie: { text: text('theme=dark') },
  cookie: { name: cookieName },
  cookiesFor: { path: address },
  expiresIn: { name: cookieName },
  editCookie: { change, which: cookie },
  deleteCookie: { which: cookie },
} satisfies Partial<Record<keyof Actor, Parameters>>;

const promisingWorld = {
  keys: { prefix: key.optional() },
  deleteKey: { name: key },
  expireKey: { name: key, ttl: number.nullable() },
  restart: { change: z.looseObject({}, 'an object such as { environment: {} }').optional() },
  paymentsWaiting: { count: count.optional() },
  redisHeld: { count: count.optional() },
  evictKey: { name: key.optional() },
  fillRedis: { keys: count, bytes: count },
} satisfies Partial<Record<keyof World, Parameters>>;

const immediateWorld = {
  mail: { to: email },
  authenticatorCode: { email },
  authenticatorCodeBefore: { email },
  sign: { sid: text('3f5c…'), secret: z.enum(['old', 'new'], '"old" or "new"') },
  slowRedis: { ms: number, command: command.optional() },
  holdRedis: { command },
  breakRedis: { command: command.optional() },
} satisfies Partial<Record<keyof World, Parameters>>;

const actorMethods = methods(promising, immediate);
const worldMethods = methods(promisingWorld, immediateWorld);

function methods(
  promised: Record<string, Parameters>,
  direct: Record<string, Parameters>,
): ReadonlyMap<string, Method> {
  const entriesOf = (some: Record<string, Parameters>, promises: boolean) =>
    Object.entries(some).map(([name, parameters]): [string, Method] => [name, { parameters, promises }]);
  return new Map([...entriesOf(promised, true), ...entriesOf(direct, false)]);
}

/** Returns the same actor. Its methods, and those of its pages, throw a TypeError for an argument that is none. */
export const checkedActor = (actor: LabActor): LabActor => checked(actor, actor.name, actorMethods);

/** Returns the same world. Its methods throw a TypeError for an argument that is none. */
export const checkedWorld = (world: World): World => checked(world, 'world', worldMethods);

function checked<Target extends object>(target: Target, name: string, known: ReadonlyMap<string, Method>): Target {
  return new Proxy(target, {
    get(members, property) {
      const value: unknown = Reflect.get(members, property);
      const method = known.get(String(property));
      if (typeof value !== 'function' || !method) return value;
      return (...given: unknown[]) => {
        const error = wrongArgument(`${name}.${String(property)}()`, method.parameters, given);
        if (error && method.promises) return Promise.reject(error);
        if (error) throw error;
        const result: unknown = value.apply(members, given);
        return property === 'on' ? checked(result as Page, `${name}.on("${given[0]}")`, known) : result;
      };
    },
  });
}

function wrongArgument(call: string, parameters: Parameters, given: readonly unknown[]): TypeError | null {
  for (const [index, [name, schema]] of Object.entries(parameters).entries()) {
    const [issue] = schema.safeParse(given[index], { reportInput: true }).error?.issues ?? [];
    if (issue) {
      const place = [name, ...issue.path.map(String)].join('.');
      return new TypeError(`${call}: "${place}" is ${issue.message}, not ${shown(issue.input)}.`);
    }
  }
  return null;
}

/** Characters of a value in a sentence. */
const longest = 60;

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `an object (${value.constructor?.name ?? 'without a class'})`;
  const written = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return written.length > longest ? `${written.slice(0, longest)}…` : written;
}

function fitsIntoJson(value: unknown): boolean {
  if (value === undefined) return true;
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}

function isActor(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'copyCookie' in value;
}

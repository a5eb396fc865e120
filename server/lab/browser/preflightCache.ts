import type { LastResponse } from '../../../scenarios/engine/cast.ts';
import { type CorsRequest, whyNotAllowed } from './cors.ts';

/** Chromium (156): how long it remembers a permission that says no time, and how long at most. Seconds. */
const usual = 5;
const longest = 2 * 60 * 60;

interface Permission {
  origin: string;
  url: string;
  credentials: boolean;
  response: Pick<LastResponse, 'status' | 'headers'>;
  until: number;
}

/** Remembers what responses to preflights allowed (Fetch standard, "CORS-preflight cache"). `age` moves time. */
export function createPreflightCache() {
  let permissions: Permission[] = [];
  let aged = 0;
  const now = () => performance.now() + aged;
  const isFor = ({ origin, url }: Permission, request: CorsRequest, to: URL) =>
    origin === request.origin && url === to.href;

  return {
    /** Returns whether a response that is still remembered allows the request. */
    allows(request: CorsRequest, to: URL): boolean {
      return permissions.some(
        (permission) =>
          isFor(permission, request, to) &&
          permission.until > now() &&
          (permission.credentials || !request.credentials) &&
          whyNotAllowed(permission.response, request) === null,
      );
    },

    /** Remembers a response that allows the request, as long as it says. */
    remember(request: CorsRequest, to: URL, response: Pick<LastResponse, 'status' | 'headers'>): void {
      permissions = permissions.filter((permission) => permission.until > now() && !isFor(permission, request, to));
      const until = now() + secondsIn(response.headers['access-control-max-age']) * 1000;
      const { origin, credentials } = request;
      permissions.push({ origin, url: to.href, credentials, response, until });
    },

    /** Forgets what that host allowed, or everything. */
    forget(host?: string): void {
      permissions = permissions.filter(({ url }) => host !== undefined && new URL(url).host !== host);
    },

    /** Makes what is remembered `ms` milliseconds older. */
    age(ms: number): void {
      aged += ms;
    },
  };
}

/** Returns how long a response says that it may be remembered. */
function secondsIn(maxAge: string | undefined): number {
  if (maxAge === undefined || !/^-?\d+$/.test(maxAge)) return usual;
  return Math.min(Math.max(Number(maxAge), 0), longest);
}

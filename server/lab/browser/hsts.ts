/** HTTP Strict Transport Security (RFC 6797): hosts that a browser asks over https only, because they said so. */
import { isAddress, withHttps } from './site.ts';

interface Policy {
  /** For how long from now. 0 ends the policy that the browser has. */
  seconds: number;
  /** It counts for the subdomains of the host as well. */
  subdomains: boolean;
}

/** Keeps the hosts that are to be asked over https only. Time passes really, and in the jumps that `age` reports. */
export function createHsts() {
  const hosts = new Map<string, { until: number; subdomains: boolean }>();
  let aged = 0;
  const now = () => performance.now() + aged;

  // Section 8.2. A policy that has expired counts no longer.
  const isKnown = (host: string) =>
    [...hosts].some(
      ([name, { until, subdomains }]) => until > now() && (name === host || (subdomains && host.endsWith(`.${name}`))),
    );

  return {
    /** Returns the URL to request instead of this one (section 8.3); the same object if nothing changes. */
    upgrade(url: URL): URL {
      if (url.protocol !== 'http:' || !isKnown(hostOf(url))) return url;
      return withHttps(url);
    },

    /** @param headers the Strict-Transport-Security headers of a response, joined by newlines: the first one counts (section 8.1) */
    notice(url: URL, headers: string | undefined): void {
      // Section 8.1: over http, anybody on the network may have written it. Section 8.1.1: an address has no policy.
      if (url.protocol !== 'https:' || headers === undefined || isAddress(url)) return;
      const policy = parsePolicy(headers.split('\n', 1)[0]!);
      if (policy === null) return;
      // Section 6.1.1
      if (policy.seconds === 0) hosts.delete(hostOf(url));
      else hosts.set(hostOf(url), { until: now() + policy.seconds * 1000, subdomains: policy.subdomains });
    },

    /** Makes the policies that many milliseconds older. */
    age(ms: number): void {
      aged += ms;
    },
  };
}

const token = "[!#$%&'*+.^_`|~\\w-]+";
/** A directive, which may be empty, and the `;` after it: `name`, `name=token` or `name="text"` (section 6.1). */
const directive = new RegExp(
  `[ \\t]*(?:(${token})[ \\t]*(?:=[ \\t]*(?:(${token})|"((?:[^"\\\\]|\\\\.)*)")[ \\t]*)?)?(;|$)`,
  'y',
);

/** Returns what a Strict-Transport-Security header says, or null if a browser ignores it because it is malformed (section 6.1). */
export function parsePolicy(header: string): Policy | null {
  const directives = directivesIn(header);
  const maxAge = directives?.get('max-age');
  if (!directives || maxAge === undefined || !/^\d+$/.test(maxAge)) return null;
  if (directives.get('includesubdomains') !== undefined) return null;
  return { seconds: Number(maxAge), subdomains: directives.has('includesubdomains') };
}

/** Returns the directives by their names in lower case; null if one is malformed, or is there twice. */
function directivesIn(header: string): Map<string, string | undefined> | null {
  const directives = new Map<string, string | undefined>();
  for (let at = 0; at < header.length; ) {
    directive.lastIndex = at;
    const found = directive.exec(header);
    if (!found) return null;
    at = directive.lastIndex;
    const [, name, value, quoted] = found;
    if (name === undefined) continue;
    if (directives.has(name.toLowerCase())) return null;
    directives.set(name.toLowerCase(), value ?? quoted?.replace(/\\(.)/g, '$1'));
  }
  return directives;
}

/** The host without the dot that a full domain name may end with (section 8.2). */
const hostOf = ({ hostname }: URL) => hostname.replace(/\.$/, '');

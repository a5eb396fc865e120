/** Keeps the hosts that asked over https to be reached over https only (RFC 6797, Strict-Transport-Security). */
export function createHsts() {
  const hosts = new Map<string, { until: number; subdomains: boolean }>();
  let aged = 0;
  const now = () => performance.now() + aged;

  const isKnown = (host: string) =>
    [...hosts].some(
      ([name, { until, subdomains }]) => until > now() && (name === host || (subdomains && host.endsWith(`.${name}`))),
    );

  return {
    /** Returns the URL to request instead of this one (section 8.3); the same object if nothing changes. */
    upgrade(url: URL): URL {
      if (url.protocol !== 'http:' || !isKnown(url.hostname)) return url;
      const upgraded = new URL(url);
      upgraded.protocol = 'https:';
      return upgraded;
    },
    /** Applies the Strict-Transport-Security header of a response. Over http it is ignored (section 8.1). */
    notice(url: URL, header: string | undefined): void {
      const seconds = /max-age="?(\d+)/i.exec(header ?? '')?.[1];
      if (url.protocol !== 'https:' || header === undefined || seconds === undefined) return;
      hosts.set(url.hostname, { until: now() + Number(seconds) * 1000, subdomains: /includeSubDomains/i.test(header) });
    },
    age(ms: number): void {
      aged += ms;
    },
  };
}

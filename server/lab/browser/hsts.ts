/** The hosts a browser reaches over https only, because they once said so over https (RFC 6797). */
export function createHsts() {
  const hosts = new Map<string, { until: number; subdomains: boolean }>();
  let aged = 0;
  const now = () => performance.now() + aged;

  const known = (host: string) =>
    [...hosts].some(
      ([name, { until, subdomains }]) => until > now() && (name === host || (subdomains && host.endsWith(`.${name}`))),
    );

  return {
    /** The address that is really used for this one (section 8.3). */
    upgrade(url: URL): URL {
      if (url.protocol !== 'http:' || !known(url.hostname)) return url;
      const upgraded = new URL(url);
      upgraded.protocol = 'https:';
      return upgraded;
    },
    /** A response's Strict-Transport-Security header; over http it is ignored (section 8.1). */
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

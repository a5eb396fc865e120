import type { CDPSession } from 'playwright-core';
import type { JarCookie } from '../../scenarios/engine/trace.ts';
import type { Clock } from '../../server/lab/time/clock.ts';

/** The cookies of one Chromium context. Over the debugging protocol, because it alone tells a missing SameSite from Lax. */
export function createChromiumJar(connect: () => Promise<CDPSession>, clock: Clock) {
  let cookies: JarCookie[] = [];
  let connected: Promise<CDPSession> | undefined;
  const session = () => {
    connected ??= connect();
    return connected;
  };

  const toSandboxTime = (seconds: number) => seconds * 1000 - Date.now() + clock.now();
  const toSecondsSince1970 = (at: number) => (at - clock.now() + Date.now()) / 1000;

  return {
    /** As they were when last looked at, those seen first in front. Chromium tells them in no order. */
    list: (): readonly JarCookie[] => cookies,

    async look(): Promise<void> {
      const told = await (await session()).send('Network.getAllCookies');
      const now = told.cookies.map(
        ({ name, value, domain, path, secure, httpOnly, sameSite, session: untilClosed, expires }): JarCookie => ({
          name,
          value,
          domain: domain.replace(/^\./, ''),
          hostOnly: !domain.startsWith('.'),
          path,
          secure,
          httpOnly,
          sameSite: sameSite ?? null,
          expiresAt: untilClosed ? null : toSandboxTime(expires),
        }),
      );
      const turn = (cookie: JarCookie) => {
        const before = cookies.findIndex((known) => isSame(known, cookie));
        return before === -1 ? cookies.length : before;
      };
      cookies = now.sort((one, other) => turn(one) - turn(other));
    },

    /** Put one in by hand. */
    async put({
      name,
      value,
      domain,
      hostOnly,
      path,
      secure,
      httpOnly,
      sameSite,
      expiresAt,
    }: JarCookie): Promise<void> {
      const { success } = await (await session()).send('Network.setCookie', {
        name,
        value,
        // Without a domain it is for the address's host alone.
        url: `${secure ? 'https' : 'http'}://${domain}${path}`,
        ...(hostOnly ? {} : { domain }),
        path,
        secure,
        httpOnly,
        ...(sameSite === null ? {} : { sameSite }),
        ...(expiresAt === null ? {} : { expires: toSecondsSince1970(expiresAt) }),
      });
      if (!success) throw new Error(`Chromium does not take a cookie "${name}" for ${domain} by hand.`);
    },

    /** Take one out by hand. */
    async remove({ name, domain, hostOnly, path }: JarCookie): Promise<void> {
      await (await session()).send('Network.deleteCookies', { name, domain: hostOnly ? domain : `.${domain}`, path });
    },
  };
}

const isSame = (one: JarCookie, other: JarCookie) =>
  one.name === other.name && one.domain === other.domain && one.hostOnly === other.hostOnly && one.path === other.path;

import type { CDPSession } from 'playwright-core';
import type { JarCookie } from '../../../scenarios/engine/trace.ts';
import { foreignFrame } from '../browser/requestContext.ts';
import type { Clock } from '../time/clock.ts';

/**
 * The cookies of one Chromium context. They are read over the debugging protocol, because only there a missing SameSite differs
 * from Lax.
 */
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
    /** Returns the cookies as of the last `refresh`, those seen first in front. Chromium lists them in no order. */
    list: (): readonly JarCookie[] => cookies,

    /** Reads the cookies from Chromium. */
    async refresh(): Promise<void> {
      const answer = await (await session()).send('Network.getAllCookies');
      const current = answer.cookies.map(
        ({
          name,
          value,
          domain,
          path,
          secure,
          httpOnly,
          sameSite,
          session: untilClosed,
          expires,
          partitionKey,
        }): JarCookie => ({
          ...{ name, value, path, secure, httpOnly },
          domain: domain.replace(/^\./, ''),
          hostOnly: !domain.startsWith('.'),
          sameSite: sameSite ?? null,
          expiresAt: untilClosed ? null : toSandboxTime(expires),
          ...(partitionKey && { partition: nameOfPartition(partitionKey) }),
        }),
      );
      const position = (cookie: JarCookie) => {
        const before = cookies.findIndex((known) => isSame(known, cookie));
        return before === -1 ? cookies.length : before;
      };
      cookies = current.sort((one, other) => position(one) - position(other));
    },

    /** Sets a cookie without a response or a script. */
    async put(cookie: JarCookie): Promise<void> {
      const { name, value, domain, hostOnly, path, secure, httpOnly, sameSite, expiresAt, partition } = cookie;
      const { success } = await (await session()).send('Network.setCookie', {
        ...{ name, value, path, secure, httpOnly },
        // Without a domain, the cookie is for the host of the URL only.
        url: `${secure ? 'https' : 'http'}://${domain}${path}`,
        ...(hostOnly ? {} : { domain }),
        ...(sameSite === null ? {} : { sameSite }),
        ...(expiresAt === null ? {} : { expires: toSecondsSince1970(expiresAt) }),
        ...keyOfPartition(partition),
      });
      if (!success) throw new Error(`Chromium refuses to set the cookie "${name}" for ${domain}.`);
    },

    async remove({ name, domain, hostOnly, path, partition }: JarCookie): Promise<void> {
      await (await session()).send('Network.deleteCookies', {
        ...{ name, domain: hostOnly ? domain : `.${domain}`, path },
        ...keyOfPartition(partition),
      });
    },
  };
}

const isSame = (one: JarCookie, other: JarCookie) =>
  one.name === other.name &&
  one.domain === other.domain &&
  one.hostOnly === other.hostOnly &&
  one.path === other.path &&
  one.partition === other.partition;

/** As `partitionOf` names it. */
const nameOfPartition = ({
  topLevelSite,
  hasCrossSiteAncestor,
}: {
  topLevelSite: string;
  hasCrossSiteAncestor: boolean;
}) => (hasCrossSiteAncestor ? topLevelSite + foreignFrame : topLevelSite);

const keyOfPartition = (name: string | undefined) =>
  name === undefined
    ? {}
    : {
        partitionKey: {
          topLevelSite: name.replace(foreignFrame, ''),
          hasCrossSiteAncestor: name.endsWith(foreignFrame),
        },
      };

/** A cookie's attributes as they are read: what is there, and what is missing and should worry. Pure. */
import type { JarCookie } from '../../../scenarios/engine/trace.ts';

export interface Attribute {
  text: string;
  /** A protection that is not there. */
  weak: boolean;
  why: string;
}

/** What it is protected by, and which paths it is for. */
export function attributesOf({ httpOnly, secure, sameSite, path, attributes }: JarCookie): Attribute[] {
  if (attributes === 'unknown') {
    const why = 'Only a Cookie header told of it, and that carries no more than name and value.';
    return [{ text: 'attributes unknown', weak: false, why }];
  }
  return [
    httpOnly
      ? { text: 'HttpOnly', weak: false, why: 'Scripts in the page cannot read it.' }
      : { text: 'not HttpOnly', weak: true, why: 'Any script in the page can read it.' },
    secure
      ? { text: 'Secure', weak: false, why: 'Sent over https only.' }
      : { text: 'not Secure', weak: true, why: 'Also sent over plain http, where it can be read on the way.' },
    sameSite === null
      ? { text: 'no SameSite', weak: true, why: 'Browsers then treat it as Lax, with exceptions.' }
      : { text: `SameSite=${sameSite}`, weak: sameSite === 'None', why: sameSiteMeans[sameSite] },
    { text: `Path=${path}`, weak: false, why: `Sent to ${path === '/' ? 'every path' : `${path} and below`}.` },
  ];
}

/** Which hosts it is for. */
export function hostOf({ domain, hostOnly, attributes }: JarCookie): Attribute {
  if (attributes === 'unknown')
    return { text: `sent to ${domain}`, weak: false, why: 'Seen in a request to this host.' };
  return hostOnly
    ? { text: `${domain} only`, weak: false, why: 'No Domain attribute: sent to exactly this host.' }
    : {
        text: `Domain=${domain}`,
        weak: true,
        why: 'Sent to every host under this domain, and any of them can set it.',
      };
}

const sameSiteMeans = {
  Strict: 'Never sent with a request that another site caused.',
  Lax: 'Of what another site causes, sent only when it opens the page.',
  None: 'Sent with every request that any site causes.',
};

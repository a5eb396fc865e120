/**
 * The links in mails. They start with a setting, never with the Host of a request: the sender of a request chooses its
 * Host, and its X-Forwarded-Host too. The token stands behind the #. Browsers send that part to no server, so it is in no
 * log and no Referer. The script of the start page reads it.
 */
import type { Services } from '../services.ts';

type Origin = Pick<Services, 'publicOrigin'>;

export const resetLink = ({ publicOrigin }: Origin, token: string): string => `${publicOrigin}/#reset=${token}`;

export const confirmLink = ({ publicOrigin }: Origin, token: string): string => `${publicOrigin}/#confirm=${token}`;

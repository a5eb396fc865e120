import type { Parts } from '../parts.ts';
import * as cookieNotRenewed from './cookie-not-renewed.ts';
import * as idleLimitOnlyInTheCookie from './idle-limit-only-in-the-cookie.ts';
import * as loginKeepsSessionId from './login-keeps-session-id.ts';
import * as revokedDevicesCheckedAtLogin from './revoked-devices-checked-at-login.ts';

/** What people get wrong: by file name, the parts each file replaces. `createApp(services, { ...parts, ...weakness })`. */
export const weaknesses: Record<string, Partial<Parts>> = {
  'cookie-not-renewed': cookieNotRenewed,
  'idle-limit-only-in-the-cookie': idleLimitOnlyInTheCookie,
  'login-keeps-session-id': loginKeepsSessionId,
  'revoked-devices-checked-at-login': revokedDevicesCheckedAtLogin,
};

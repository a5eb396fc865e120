import { createHmac } from 'node:crypto';

/** Named after the OWASP logging vocabulary, so that a monitor knows them without a manual. */
export type AuditName =
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_login_throttled'
  | 'authn_password_change'
  | 'authz_fail'
  | 'csrf_refused'
  | 'excess_sessions_exceeded'
  | 'session_created'
  | 'session_renewed'
  | 'session_logout'
  | 'session_expired'
  | 'session_revoked'
  | 'session_cookie_invalid'
  | 'user_disabled'
  | 'user_role_changed';

export type Audit = (event: { name: AuditName; userId?: number; session?: string; ip?: string | undefined }) => void;

/**
 * A session's name in the log. Lines of one session can be told to belong together, and nobody who reads the log can use
 * it as a cookie. Keyed, so that not even a known id can be looked up without the secret.
 */
export function sessionName(secret: string, sid: string): string {
  return createHmac('sha256', secret).update(`log:${sid}`).digest('base64url').slice(0, 12);
}

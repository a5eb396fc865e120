import { createHmac } from 'node:crypto';

/** Event names from the OWASP logging vocabulary, which monitoring tools know. */
export type AuditName =
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_login_throttled'
  | 'authn_password_change'
  | 'authn_second_factor_change'
  | 'authn_token_created'
  | 'authn_token_reuse'
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

/** `session` is the result of logNameOf(), never a session id. */
export type Audit = (event: { name: AuditName; userId?: number; session?: string; ip?: string | undefined }) => void;

/**
 * Returns the name of a session for the log. It is the same for every event of the session, and nobody who reads the
 * log can use it as a cookie. It is keyed, so that the name of a known id cannot be computed without the secret.
 */
export function logNameOf(secret: string, sid: string): string {
  return createHmac('sha256', secret).update(`log:${sid}`).digest('base64url').slice(0, 12);
}

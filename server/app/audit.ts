/** Event names from the OWASP logging vocabulary, which monitoring tools know, and others of its form where it has none. */
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
  | 'user_created'
  | 'user_disabled'
  | 'user_enabled'
  | 'user_role_changed'
  | 'user_updated';

/** Writes one line of the audit log: what has happened to which account. */
export type Audit = (event: {
  name: AuditName;
  /** The account that it has happened to. */
  userId?: number;
  /** The admin who did it to the account of somebody else. */
  by?: number;
  /** What logNameOf() returns, never a session id. */
  session?: string;
  ip?: string | undefined;
}) => void;

import { requireAuth } from './middleware/requireAuth.ts';
import { login, logout } from './routes/auth.ts';
import { me } from './routes/me.ts';
import { endOtherSessions, endSession, listSessions } from './routes/sessions.ts';
import { sessionOptions, sessionStore } from './session.ts';

/** The pieces the app is put together from. `createApp(services, { ...parts, login: otherLogin })` replaces one. */
export const parts = {
  sessionStore,
  sessionOptions,
  login,
  logout,
  requireAuth,
  me,
  listSessions,
  endSession,
  endOtherSessions,
};

export type Parts = typeof parts;

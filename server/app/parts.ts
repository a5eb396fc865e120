import { noStore } from './middleware/noStore.ts';
import { refuseCrossSite } from './middleware/refuseCrossSite.ts';
import { requireAuth } from './middleware/requireAuth.ts';
import { requireCsrfToken } from './middleware/requireCsrfToken.ts';
import { requireRecentPassword } from './middleware/requireRecentPassword.ts';
import { requireRole } from './middleware/requireRole.ts';
import { changeEmail, changePassword, register } from './routes/account.ts';
import { changeRole, disableUser, endAllSessions } from './routes/admin.ts';
import { assets } from './routes/assets.ts';
import { confirm, login, logout, startSession } from './routes/auth.ts';
import { addToBasket } from './routes/basket.ts';
import { me } from './routes/me.ts';
import { placeOrder } from './routes/orders.ts';
import { forgotPassword, resetPassword } from './routes/reset.ts';
import { endOtherSessions, endSession, listSessions } from './routes/sessions.ts';
import { sessionOptions, sessionStore } from './session.ts';

/** The pieces the app is put together from. `createApp(services, { ...parts, login: otherLogin })` replaces one. */
export const parts = {
  sessionStore,
  sessionOptions,
  refuseCrossSite,
  requireCsrfToken,
  requireAuth,
  requireRole,
  requireRecentPassword,
  noStore,
  assets,
  login,
  startSession,
  logout,
  confirm,
  register,
  forgotPassword,
  resetPassword,
  me,
  changeEmail,
  changePassword,
  addToBasket,
  placeOrder,
  listSessions,
  endSession,
  endOtherSessions,
  disableUser,
  changeRole,
  endAllSessions,
};

export type Parts = typeof parts;

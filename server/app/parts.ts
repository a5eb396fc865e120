import express from 'express';
import { csrfTokenFor } from './csrf.ts';
import { readLimits } from './limits.ts';
import { noStore } from './middleware/noStore.ts';
import { noticeForgedCookie } from './middleware/noticeForgedCookie.ts';
import { readBody } from './middleware/readBody.ts';
import { refuseCrossSite } from './middleware/refuseCrossSite.ts';
import { requireAuth } from './middleware/requireAuth.ts';
import { requireCsrfToken } from './middleware/requireCsrfToken.ts';
import { requireRecentPassword } from './middleware/requireRecentPassword.ts';
import { requireRole } from './middleware/requireRole.ts';
import { createPasswords } from './passwords.ts';
import { changeEmail, changePassword, register } from './routes/account.ts';
import { changeRole, disableUser, endAllSessions } from './routes/admin.ts';
import { assets } from './routes/assets.ts';
import { confirm, login, logout, startSession } from './routes/auth.ts';
import { addToBasket, showBasket } from './routes/basket.ts';
import { me } from './routes/me.ts';
import { placeOrder } from './routes/orders.ts';
import { forgotPassword, resetPassword } from './routes/reset.ts';
import { endOtherSessions, endSession, listSessions } from './routes/sessions.ts';
import { routesWithoutSession } from './routes/withoutSession.ts';
import { readSession, sessionOptions, sessionStore } from './session.ts';
import { createSessionIndex } from './sessionIndex.ts';
import { trustedProxies } from './trustedProxies.ts';

/** The pieces the app is put together from. `createApp(services, { ...parts, login: otherLogin })` replaces one. */
export const parts = {
  framework: express,
  readLimits,
  sessionStore,
  createSessionIndex,
  createPasswords,
  sessionOptions,
  trustedProxies,
  routesWithoutSession,
  readBody,
  noticeForgedCookie,
  readSession,
  refuseCrossSite,
  csrfTokenFor,
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
  showBasket,
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

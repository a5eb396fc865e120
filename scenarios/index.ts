import absoluteTimeout from './absolute-timeout.ts';
import accountPreHijacking from './account-pre-hijacking.ts';
import adminKillSwitch from './admin-kill-switch.ts';
import asyncErrors from './async-errors.ts';
import authenticatedPageCaching from './authenticated-page-caching.ts';
import bcryptCostAnd72Bytes from './bcrypt-cost-and-72-bytes.ts';
import bcryptStarvesTheServer from './bcrypt-starves-the-server.ts';
import bruteForceThrottle from './brute-force-throttle.ts';
import cdnCachesSetCookie from './cdn-caches-set-cookie.ts';
import concurrentSessionLimit from './concurrent-session-limit.ts';
import cookieAnatomy from './cookie-anatomy.ts';
import cookieStoreLifetimeMismatch from './cookie-store-lifetime-mismatch.ts';
import cookieTampering from './cookie-tampering.ts';
import corsWithCredentials from './cors-with-credentials.ts';
import csrfToken from './csrf-token.ts';
import type { Scenario } from './engine/scenario.ts';
import eventStreamOutlivesLogout from './event-stream-outlives-logout.ts';
import evictionLogsEveryoneOut from './eviction-logs-everyone-out.ts';
import firstLogin from './first-login.ts';
import flashMessage from './flash-message.ts';
import forcedLogoutOneDevice from './forced-logout-one-device.ts';
import hostPrefix from './host-prefix.ts';
import hsts from './hsts.ts';
import httponlyVsXss from './httponly-vs-xss.ts';
import idleTimeout from './idle-timeout.ts';
import inFlightVsForcedLogout from './in-flight-vs-forced-logout.ts';
import localhostPorts from './localhost-ports.ts';
import loginCsrf from './login-csrf.ts';
import loginLostToASlowRequest from './login-lost-to-a-slow-request.ts';
import logoutCookieSurvives from './logout-cookie-survives.ts';
import logoutEverywhere from './logout-everywhere.ts';
import logoutReplay from './logout-replay.ts';
import memoryStoreGrows from './memory-store-grows.ts';
import memoryStoreTwoInstances from './memory-store-two-instances.ts';
import newSessionOnEveryRequest from './new-session-on-every-request.ts';
import passwordChangeEndsSessions from './password-change-ends-sessions.ts';
import passwordResetPoisoning from './password-reset-poisoning.ts';
import privilegeChangeRotation from './privilege-change-rotation.ts';
import reauthForSensitiveChange from './reauth-for-sensitive-change.ts';
import redirectBeforeSave from './redirect-before-save.ts';
import regenerateAtLogin from './regenerate-at-login.ts';
import rememberMeToken from './remember-me-token.ts';
import resaveLostUpdate from './resave-lost-update.ts';
import restartSurvival from './restart-survival.ts';
import rollingRefresh from './rolling-refresh.ts';
import samesiteCsrf from './samesite-csrf.ts';
import saveUninitializedFlood from './save-uninitialized-flood.ts';
import secondFactorHalfWay from './second-factor-half-way.ts';
import secretRotation from './secret-rotation.ts';
import secureAndTrustProxy from './secure-and-trust-proxy.ts';
import secureDependsOnNodeEnv from './secure-depends-on-node-env.ts';
import sessionCookieInAHarFile from './session-cookie-in-a-har-file.ts';
import sessionDataSizeAndSecrets from './session-data-size-and-secrets.ts';
import sessionFixation from './session-fixation.ts';
import sessionIdGuessing from './session-id-guessing.ts';
import sessionIdInUrlAndLogs from './session-id-in-url-and-logs.ts';
import sessionInASharedVariable from './session-in-a-shared-variable.ts';
import sessionListing from './session-listing.ts';
import sessionPuzzling from './session-puzzling.ts';
import sharedRedisPrefix from './shared-redis-prefix.ts';
import signedTokenInsteadOfASession from './signed-token-instead-of-a-session.ts';
import storeOutageFailClosed from './store-outage-fail-closed.ts';
import stringMaxAge from './string-max-age.ts';
import subdomainCookieTossing from './subdomain-cookie-tossing.ts';
import timeoutWarning from './timeout-warning.ts';
import userEnumerationByMessage from './user-enumeration-by-message.ts';
import userEnumerationByTiming from './user-enumeration-by-timing.ts';
import versionTrap from './version-trap.ts';

/** All scenarios in reading order, grouped by chapter. */
export const scenarios: readonly Scenario[] = [
  // cookie
  firstLogin,
  cookieAnatomy,
  cookieTampering,
  sessionIdGuessing,
  httponlyVsXss,
  sessionIdInUrlAndLogs,
  secureAndTrustProxy,
  hsts,
  // login
  saveUninitializedFlood,
  sessionFixation,
  regenerateAtLogin,
  redirectBeforeSave,
  privilegeChangeRotation,
  sessionPuzzling,
  reauthForSensitiveChange,
  secondFactorHalfWay,
  sessionCookieInAHarFile,
  rememberMeToken,
  accountPreHijacking,
  passwordResetPoisoning,
  userEnumerationByMessage,
  userEnumerationByTiming,
  bruteForceThrottle,
  bcryptCostAnd72Bytes,
  bcryptStarvesTheServer,
  // cross-site
  samesiteCsrf,
  csrfToken,
  loginCsrf,
  corsWithCredentials,
  hostPrefix,
  subdomainCookieTossing,
  // lifetime
  idleTimeout,
  rollingRefresh,
  absoluteTimeout,
  cookieStoreLifetimeMismatch,
  timeoutWarning,
  loginLostToASlowRequest,
  // logout
  logoutReplay,
  logoutCookieSurvives,
  authenticatedPageCaching,
  forcedLogoutOneDevice,
  logoutEverywhere,
  sessionListing,
  concurrentSessionLimit,
  inFlightVsForcedLogout,
  eventStreamOutlivesLogout,
  passwordChangeEndsSessions,
  adminKillSwitch,
  signedTokenInsteadOfASession,
  // store
  memoryStoreTwoInstances,
  memoryStoreGrows,
  restartSurvival,
  secretRotation,
  resaveLostUpdate,
  flashMessage,
  sessionDataSizeAndSecrets,
  sharedRedisPrefix,
  // running
  versionTrap,
  stringMaxAge,
  secureDependsOnNodeEnv,
  newSessionOnEveryRequest,
  sessionInASharedVariable,
  asyncErrors,
  localhostPorts,
  cdnCachesSetCookie,
  storeOutageFailClosed,
  evictionLogsEveryoneOut,
];

import type { Parts } from '../app/parts.ts';
import type { readSettings } from '../app/settings.ts';
import * as absoluteLimitEndsAllSessions from './absolute-limit-ends-all-sessions.ts';
import * as absoluteLimitOnlyRefuses from './absolute-limit-only-refuses.ts';
import * as accountPagesCached from './account-pages-cached.ts';
import * as accountPagesCachedUntilLogout from './account-pages-cached-until-logout.ts';
import * as accountPagesPrivate from './account-pages-private.ts';
import * as answersTellWhoHasAnAccount from './answers-tell-who-has-an-account.ts';
import * as basketInACookie from './basket-in-a-cookie.ts';
import * as basketInTheSession from './basket-in-the-session.ts';
import * as basketInTheSessionWithoutResave from './basket-in-the-session-without-resave.ts';
import * as basketReloadedBeforeTheChange from './basket-reloaded-before-the-change.ts';
import * as cookieForAllSubdomains from './cookie-for-all-subdomains.ts';
import * as cookieForTenYears from './cookie-for-ten-years.ts';
import * as cookieNamesTheUser from './cookie-names-the-user.ts';
import * as cookieNotRenewed from './cookie-not-renewed.ts';
import * as cookieNotRenewedButLonger from './cookie-not-renewed-but-longer.ts';
import * as cookieOverHttp from './cookie-over-http.ts';
import * as cookieReadableByScripts from './cookie-readable-by-scripts.ts';
import * as cookieUntilTheBrowserCloses from './cookie-until-the-browser-closes.ts';
import * as corsByEndOfName from './cors-by-end-of-name.ts';
import * as corsForEveryOrigin from './cors-for-every-origin.ts';
import * as corsWithAStar from './cors-with-a-star.ts';
import * as corsWithoutCredentials from './cors-without-credentials.ts';
import * as corsWithoutCredentialsAllSaved from './cors-without-credentials-all-saved.ts';
import * as csrfCookieAndJsonOnly from './csrf-cookie-and-json-only.ts';
import * as csrfCookieStrict from './csrf-cookie-strict.ts';
import * as csrfTokenInACookie from './csrf-token-in-a-cookie.ts';
import * as demotionKeepsSessions from './demotion-keeps-sessions.ts';
import * as disabledCheckedAtLogin from './disabled-checked-at-login.ts';
import * as disablingEndsAllSessions from './disabling-ends-all-sessions.ts';
import * as disablingKeepsSessions from './disabling-keeps-sessions.ts';
import * as dummyHashOfAnotherCost from './dummy-hash-of-another-cost.ts';
import * as dummyHashThatIsNone from './dummy-hash-that-is-none.ts';
import * as emptySessionsExpireSoon from './empty-sessions-expire-soon.ts';
import * as endedSessionOfAnyUser from './ended-session-of-any-user.ts';
import * as endedSessionOnlyUnlisted from './ended-session-only-unlisted.ts';
import * as endedSessionsNotRenewedButWritten from './ended-sessions-not-renewed-but-written.ts';
import * as endedSessionsWrittenBack from './ended-sessions-written-back.ts';
import * as eventStreamCheckedByHeartbeat from './event-stream-checked-by-heartbeat.ts';
import * as eventStreamCheckedWhenOpened from './event-stream-checked-when-opened.ts';
import * as eventStreamClosedByThePage from './event-stream-closed-by-the-page.ts';
import * as everyProxyTrusted from './every-proxy-trusted.ts';
import * as everySiteMayPost from './every-site-may-post.ts';
import * as everythingInTheSession from './everything-in-the-session.ts';
import * as express4 from './express-4.ts';
import * as forgedCookiesLimited from './forged-cookies-limited.ts';
import * as hashesCheap from './hashes-cheap.ts';
import * as hashesUnbounded from './hashes-unbounded.ts';
import * as hostPrefixWithADomain from './host-prefix-with-a-domain.ts';
import * as hstsWithoutSubdomains from './hsts-without-subdomains.ts';
import * as httpRedirectedToHttps from './http-redirected-to-https.ts';
import * as httpRedirectedWithoutHsts from './http-redirected-without-hsts.ts';
import * as idleCookieShorterThanLimit from './idle-cookie-shorter-than-limit.ts';
import * as idleLimitOnlyInTheCookie from './idle-limit-only-in-the-cookie.ts';
import * as linksArriveLoggedOut from './links-arrive-logged-out.ts';
import * as loginAnswersBeforeSaving from './login-answers-before-saving.ts';
import * as loginCopiesSession from './login-copies-session.ts';
import * as loginEmptiesSession from './login-empties-session.ts';
import * as loginForgetsBasket from './login-forgets-basket.ts';
import * as loginFormOpenButCookieStrict from './login-form-open-but-cookie-strict.ts';
import * as loginFormOpenToOtherSites from './login-form-open-to-other-sites.ts';
import * as loginIgnoresAFailedSave from './login-ignores-a-failed-save.ts';
import * as loginKeepsIdForLateResponses from './login-keeps-id-for-late-responses.ts';
import * as loginKeepsSessionId from './login-keeps-session-id.ts';
import * as loginLeavesTheOldRecord from './login-leaves-the-old-record.ts';
import * as loginPausesAtRandom from './login-pauses-at-random.ts';
import * as loginPausesBeforeRedirect from './login-pauses-before-redirect.ts';
import * as loginRefusedWhileLoggedIn from './login-refused-while-logged-in.ts';
import * as loginThrottlesOnlyAccounts from './login-throttles-only-accounts.ts';
import * as loginWritesBeforeNewId from './login-writes-before-new-id.ts';
import * as logoutClearsByNameOnly from './logout-clears-by-name-only.ts';
import * as logoutClearsOnlyTheCookie from './logout-clears-only-the-cookie.ts';
import * as logoutClearsSiteData from './logout-clears-site-data.ts';
import * as logoutDoesNotWait from './logout-does-not-wait.ts';
import * as logoutSendsExpiredCookie from './logout-sends-expired-cookie.ts';
import * as maxAgeAsText from './max-age-as-text.ts';
import * as newestSecretLast from './newest-secret-last.ts';
import * as noAbsoluteLimit from './no-absolute-limit.ts';
import * as noHsts from './no-hsts.ts';
import * as noProxyTrusted from './no-proxy-trusted.ts';
import * as onlyTheNewestSecret from './only-the-newest-secret.ts';
import * as onlyTheNewestSessionListed from './only-the-newest-session-listed.ts';
import * as openWhileRedisIsAway from './open-while-redis-is-away.ts';
import * as otherFormsTellWhoHasAnAccount from './other-forms-tell-who-has-an-account.ts';
import * as passwordChangeAsksFirst from './password-change-asks-first.ts';
import * as passwordChangeEndsOnlyItsOwn from './password-change-ends-only-its-own.ts';
import * as passwordChangeKeepsSessions from './password-change-keeps-sessions.ts';
import * as passwordLimitInCharacters from './password-limit-in-characters.ts';
import * as passwordTypedOnceIsEnough from './password-typed-once-is-enough.ts';
import * as passwordsCutAndCheap from './passwords-cut-and-cheap.ts';
import * as plainCookieName from './plain-cookie-name.ts';
import * as plainCookieNameStrict from './plain-cookie-name-strict.ts';
import * as profileInACookie from './profile-in-a-cookie.ts';
import * as promotionReachesOldSessions from './promotion-reaches-old-sessions.ts';
import * as readableCookieForThisSiteOnly from './readable-cookie-for-this-site-only.ts';
import * as recentPasswordRenewedByUse from './recent-password-renewed-by-use.ts';
import * as recordWrittenByEachRequest from './record-written-by-each-request.ts';
import * as recordsNotRenewed from './records-not-renewed.ts';
import * as recordsOnlyOverwritten from './records-only-overwritten.ts';
import * as recordsWithoutAnEnd from './records-without-an-end.ts';
import * as resetNamesUserInSession from './reset-names-user-in-session.ts';
import * as resetRefusedOnOnePage from './reset-refused-on-one-page.ts';
import * as resetUserCheckedByGuard from './reset-user-checked-by-guard.ts';
import * as revokedDevicesCheckedAtLogin from './revoked-devices-checked-at-login.ts';
import * as roleCachedInSession from './role-cached-in-session.ts';
import * as sameSiteAndNothingElse from './same-site-and-nothing-else.ts';
import * as secretMadeAtStart from './secret-made-at-start.ts';
import * as secureAutoWithoutProxy from './secure-auto-without-proxy.ts';
import * as secureInProductionOnly from './secure-in-production-only.ts';
import * as securePrefix from './secure-prefix.ts';
import * as secureUnlessDevelopment from './secure-unless-development.ts';
import * as sessionForEveryVisitor from './session-for-every-visitor.ts';
import * as sessionIdInTheAddress from './session-id-in-the-address.ts';
import * as sessionIdRemovedByRedirect from './session-id-removed-by-redirect.ts';
import * as sessionIdsCountFromARandomNumber from './session-ids-count-from-a-random-number.ts';
import * as sessionIdsCountUp from './session-ids-count-up.ts';
import * as sessionIsEnough from './session-is-enough.ts';
import * as sessionLimitCountedFirst from './session-limit-counted-first.ts';
import * as sessionLimitCutsOnlyTheList from './session-limit-cuts-only-the-list.ts';
import * as sessionLimitWatchedOnOneConnection from './session-limit-watched-on-one-connection.ts';
import * as sessionLinkValidForAMinute from './session-link-valid-for-a-minute.ts';
import * as sessionListGivesIdsAway from './session-list-gives-ids-away.ts';
import * as sessionListNamesActiveIds from './session-list-names-active-ids.ts';
import * as sessionListWithEndedSessions from './session-list-with-ended-sessions.ts';
import * as sessionOnEveryRoute from './session-on-every-route.ts';
import * as sessionWithoutTheHash from './session-without-the-hash.ts';
import * as sessionsCopiedIntoMemory from './sessions-copied-into-memory.ts';
import * as sessionsInMemory from './sessions-in-memory.ts';
import * as sessionsInMemoryExpireSoon from './sessions-in-memory-expire-soon.ts';
import * as sessionsInMemoryUpToTwenty from './sessions-in-memory-up-to-twenty.ts';
import * as sessionsListedInMemory from './sessions-listed-in-memory.ts';
import * as sessionsUnlistedButNotEnded from './sessions-unlisted-but-not-ended.ts';
import * as staticFilesAfterSession from './static-files-after-session.ts';
import * as staticFilesCookieRemovedTooEarly from './static-files-cookie-removed-too-early.ts';
import * as staticFilesNeverCached from './static-files-never-cached.ts';
import * as storeForAnotherClient from './store-for-another-client.ts';
import * as throttleByClaimedAddress from './throttle-by-claimed-address.ts';
import * as throttleLocksTheOwnerOut from './throttle-locks-the-owner-out.ts';
import * as timerRenewsOnlyTheRecord from './timer-renews-only-the-record.ts';
import * as tokenBelievedUntilItExpires from './token-believed-until-it-expires.ts';
import * as tokenForFiveMinutes from './token-for-five-minutes.ts';
import * as tokensDeniedAfterLogout from './tokens-denied-after-logout.ts';
import * as unknownEmailAnsweredAtOnce from './unknown-email-answered-at-once.ts';
import * as userCookieChecked from './user-cookie-checked.ts';
import * as userCookieStillRead from './user-cookie-still-read.ts';
import * as visitorsGetNoRecord from './visitors-get-no-record.ts';

/** The parts of the app that a weakness replaces, and how the app reads its settings, which happens before it has parts. */
export type Weakness = Partial<Parts> & { readSettings?: typeof readSettings };

/** What people get wrong. Each file exports what it replaces under the name that this has in the app. */
export const weaknesses: Record<string, Weakness> = {
  'absolute-limit-ends-all-sessions': absoluteLimitEndsAllSessions,
  'absolute-limit-only-refuses': absoluteLimitOnlyRefuses,
  'account-pages-cached': accountPagesCached,
  'account-pages-cached-until-logout': accountPagesCachedUntilLogout,
  'account-pages-private': accountPagesPrivate,
  'answers-tell-who-has-an-account': answersTellWhoHasAnAccount,
  'basket-in-a-cookie': basketInACookie,
  'basket-in-the-session': basketInTheSession,
  'basket-in-the-session-without-resave': basketInTheSessionWithoutResave,
  'basket-reloaded-before-the-change': basketReloadedBeforeTheChange,
  'cookie-for-all-subdomains': cookieForAllSubdomains,
  'cookie-for-ten-years': cookieForTenYears,
  'cookie-names-the-user': cookieNamesTheUser,
  'cookie-not-renewed': cookieNotRenewed,
  'cookie-not-renewed-but-longer': cookieNotRenewedButLonger,
  'cookie-over-http': cookieOverHttp,
  'cookie-readable-by-scripts': cookieReadableByScripts,
  'cookie-until-the-browser-closes': cookieUntilTheBrowserCloses,
  'cors-by-end-of-name': corsByEndOfName,
  'cors-for-every-origin': corsForEveryOrigin,
  'cors-with-a-star': corsWithAStar,
  'cors-without-credentials': corsWithoutCredentials,
  'cors-without-credentials-all-saved': corsWithoutCredentialsAllSaved,
  'csrf-cookie-and-json-only': csrfCookieAndJsonOnly,
  'csrf-cookie-strict': csrfCookieStrict,
  'csrf-token-in-a-cookie': csrfTokenInACookie,
  'demotion-keeps-sessions': demotionKeepsSessions,
  'disabled-checked-at-login': disabledCheckedAtLogin,
  'disabling-ends-all-sessions': disablingEndsAllSessions,
  'disabling-keeps-sessions': disablingKeepsSessions,
  'dummy-hash-of-another-cost': dummyHashOfAnotherCost,
  'dummy-hash-that-is-none': dummyHashThatIsNone,
  'empty-sessions-expire-soon': emptySessionsExpireSoon,
  'ended-session-of-any-user': endedSessionOfAnyUser,
  'ended-session-only-unlisted': endedSessionOnlyUnlisted,
  'ended-sessions-not-renewed-but-written': endedSessionsNotRenewedButWritten,
  'ended-sessions-written-back': endedSessionsWrittenBack,
  'event-stream-checked-by-heartbeat': eventStreamCheckedByHeartbeat,
  'event-stream-checked-when-opened': eventStreamCheckedWhenOpened,
  'event-stream-closed-by-the-page': eventStreamClosedByThePage,
  'every-proxy-trusted': everyProxyTrusted,
  'every-site-may-post': everySiteMayPost,
  'everything-in-the-session': everythingInTheSession,
  'express-4': express4,
  'forged-cookies-limited': forgedCookiesLimited,
  'hashes-cheap': hashesCheap,
  'hashes-unbounded': hashesUnbounded,
  'host-prefix-with-a-domain': hostPrefixWithADomain,
  'hsts-without-subdomains': hstsWithoutSubdomains,
  'http-redirected-to-https': httpRedirectedToHttps,
  'http-redirected-without-hsts': httpRedirectedWithoutHsts,
  'idle-cookie-shorter-than-limit': idleCookieShorterThanLimit,
  'idle-limit-only-in-the-cookie': idleLimitOnlyInTheCookie,
  'links-arrive-logged-out': linksArriveLoggedOut,
  'login-answers-before-saving': loginAnswersBeforeSaving,
  'login-copies-session': loginCopiesSession,
  'login-empties-session': loginEmptiesSession,
  'login-forgets-basket': loginForgetsBasket,
  'login-form-open-but-cookie-strict': loginFormOpenButCookieStrict,
  'login-form-open-to-other-sites': loginFormOpenToOtherSites,
  'login-ignores-a-failed-save': loginIgnoresAFailedSave,
  'login-keeps-id-for-late-responses': loginKeepsIdForLateResponses,
  'login-keeps-session-id': loginKeepsSessionId,
  'login-leaves-the-old-record': loginLeavesTheOldRecord,
  'login-pauses-at-random': loginPausesAtRandom,
  'login-pauses-before-redirect': loginPausesBeforeRedirect,
  'login-refused-while-logged-in': loginRefusedWhileLoggedIn,
  'login-throttles-only-accounts': loginThrottlesOnlyAccounts,
  'login-writes-before-new-id': loginWritesBeforeNewId,
  'logout-clears-by-name-only': logoutClearsByNameOnly,
  'logout-clears-only-the-cookie': logoutClearsOnlyTheCookie,
  'logout-clears-site-data': logoutClearsSiteData,
  'logout-does-not-wait': logoutDoesNotWait,
  'logout-sends-expired-cookie': logoutSendsExpiredCookie,
  'max-age-as-text': maxAgeAsText,
  'newest-secret-last': newestSecretLast,
  'no-absolute-limit': noAbsoluteLimit,
  'no-hsts': noHsts,
  'no-proxy-trusted': noProxyTrusted,
  'only-the-newest-secret': onlyTheNewestSecret,
  'only-the-newest-session-listed': onlyTheNewestSessionListed,
  'open-while-redis-is-away': openWhileRedisIsAway,
  'other-forms-tell-who-has-an-account': otherFormsTellWhoHasAnAccount,
  'password-change-asks-first': passwordChangeAsksFirst,
  'password-change-ends-only-its-own': passwordChangeEndsOnlyItsOwn,
  'password-change-keeps-sessions': passwordChangeKeepsSessions,
  'password-limit-in-characters': passwordLimitInCharacters,
  'password-typed-once-is-enough': passwordTypedOnceIsEnough,
  'passwords-cut-and-cheap': passwordsCutAndCheap,
  'plain-cookie-name': plainCookieName,
  'plain-cookie-name-strict': plainCookieNameStrict,
  'profile-in-a-cookie': profileInACookie,
  'promotion-reaches-old-sessions': promotionReachesOldSessions,
  'readable-cookie-for-this-site-only': readableCookieForThisSiteOnly,
  'recent-password-renewed-by-use': recentPasswordRenewedByUse,
  'record-written-by-each-request': recordWrittenByEachRequest,
  'records-not-renewed': recordsNotRenewed,
  'records-only-overwritten': recordsOnlyOverwritten,
  'records-without-an-end': recordsWithoutAnEnd,
  'reset-names-user-in-session': resetNamesUserInSession,
  'reset-refused-on-one-page': resetRefusedOnOnePage,
  'reset-user-checked-by-guard': resetUserCheckedByGuard,
  'revoked-devices-checked-at-login': revokedDevicesCheckedAtLogin,
  'role-cached-in-session': roleCachedInSession,
  'same-site-and-nothing-else': sameSiteAndNothingElse,
  'secret-made-at-start': secretMadeAtStart,
  'secure-auto-without-proxy': secureAutoWithoutProxy,
  'secure-in-production-only': secureInProductionOnly,
  'secure-prefix': securePrefix,
  'secure-unless-development': secureUnlessDevelopment,
  'session-for-every-visitor': sessionForEveryVisitor,
  'session-id-in-the-address': sessionIdInTheAddress,
  'session-id-removed-by-redirect': sessionIdRemovedByRedirect,
  'session-ids-count-from-a-random-number': sessionIdsCountFromARandomNumber,
  'session-ids-count-up': sessionIdsCountUp,
  'session-is-enough': sessionIsEnough,
  'session-limit-counted-first': sessionLimitCountedFirst,
  'session-limit-cuts-only-the-list': sessionLimitCutsOnlyTheList,
  'session-limit-watched-on-one-connection': sessionLimitWatchedOnOneConnection,
  'session-link-valid-for-a-minute': sessionLinkValidForAMinute,
  'session-list-gives-ids-away': sessionListGivesIdsAway,
  'session-list-names-active-ids': sessionListNamesActiveIds,
  'session-list-with-ended-sessions': sessionListWithEndedSessions,
  'session-on-every-route': sessionOnEveryRoute,
  'session-without-the-hash': sessionWithoutTheHash,
  'sessions-copied-into-memory': sessionsCopiedIntoMemory,
  'sessions-in-memory': sessionsInMemory,
  'sessions-in-memory-expire-soon': sessionsInMemoryExpireSoon,
  'sessions-in-memory-up-to-twenty': sessionsInMemoryUpToTwenty,
  'sessions-listed-in-memory': sessionsListedInMemory,
  'sessions-unlisted-but-not-ended': sessionsUnlistedButNotEnded,
  'static-files-after-session': staticFilesAfterSession,
  'static-files-cookie-removed-too-early': staticFilesCookieRemovedTooEarly,
  'static-files-never-cached': staticFilesNeverCached,
  'store-for-another-client': storeForAnotherClient,
  'throttle-by-claimed-address': throttleByClaimedAddress,
  'throttle-locks-the-owner-out': throttleLocksTheOwnerOut,
  'timer-renews-only-the-record': timerRenewsOnlyTheRecord,
  'token-believed-until-it-expires': tokenBelievedUntilItExpires,
  'token-for-five-minutes': tokenForFiveMinutes,
  'tokens-denied-after-logout': tokensDeniedAfterLogout,
  'unknown-email-answered-at-once': unknownEmailAnsweredAtOnce,
  'user-cookie-checked': userCookieChecked,
  'user-cookie-still-read': userCookieStillRead,
  'visitors-get-no-record': visitorsGetNoRecord,
};

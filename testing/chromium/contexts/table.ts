/** The request contexts that are compared with Chromium: origin × target × method × mode × redirect, and what CORS says to each. */

import type { Context } from './contexts.ts';
import { framed, framedAfterRedirect } from './frames.ts';
import { noCors, noCorsAfterRedirect, noCorsCredentials, noCorsPolicies } from './noCors.ts';
import { blog, evil, shop, third } from './parts.ts';
import { read, readAfterRedirect } from './permissions.ts';
import { answersToPreflight, needsPreflight } from './preflights.ts';
import { referrers, referrersAfterRedirect } from './referrers.ts';
import {
  credentialsInAddress,
  imagesRedirected,
  machines,
  methodsAfterRedirect,
  methodsInLowerCase,
  product,
  redirected,
  typed,
} from './requests.ts';

/** The hosts whose cookies both browsers have. */
export const hosts = [shop, blog, evil, third];

export const everyContext: readonly Context[] = [
  ...product,
  ...typed,
  ...redirected,
  ...methodsAfterRedirect,
  ...methodsInLowerCase,
  ...read,
  ...readAfterRedirect,
  ...needsPreflight,
  ...answersToPreflight,
  ...machines,
  ...imagesRedirected,
  ...credentialsInAddress,
  ...referrers,
  ...referrersAfterRedirect,
  ...noCors,
  ...noCorsAfterRedirect,
  ...noCorsCredentials,
  ...noCorsPolicies,
  ...framed,
  ...framedAfterRedirect,
];

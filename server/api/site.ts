import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { SandboxError } from '../../scenarios/engine/errors.ts';
import { bodyLimit, requestLimit } from './clients.ts';
import { compressed } from './compressed.ts';
import { errorAnswers } from './errors.ts';
import { crossSiteGuard, hostGuard } from './guard.ts';
import { sandboxHosts } from './ownBrowser/sandboxHosts.ts';
import { type ApiSettings, api } from './routes.ts';

interface SiteSettings extends ApiSettings {
  /** The folder of the built client. */
  client: string;
  /** Names, besides its address, at which neighbors reach a workshop. */
  hostNames?: readonly string[];
  log: (error: unknown) => void;
}

/** The server that a learner uses: the built page and its API. */
export function createSite({ host, hostNames = [], client, log, ...settings }: SiteSettings): Express {
  const site = express();
  site.disable('x-powered-by');
  site.use(requestLimit(settings.sandboxes.shares));
  site.use(bodyLimit());
  // Before everything else: a sandbox's app answers there with its own headers only.
  site.use(sandboxHosts({ sandboxes: settings.sandboxes, host, log }));
  site.use(compressed());
  site.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          // The component library sets styles on elements. Scripts come from files only.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // The page is served on loopback over plain http.
      strictTransportSecurity: false,
    }),
  );
  site.use(hostGuard(host, hostNames));
  site.use('/api', crossSiteGuard(), api({ ...settings, host }));

  const page = join(client, 'index.html');
  // Vite names its files after their content, so browsers may keep them forever, but not the page that names them.
  site.use('/assets', express.static(join(client, 'assets'), { immutable: true, maxAge: '1y' }), () => {
    throw new SandboxError('unknown-file', 'The page no longer has this file: reload the page.');
  });
  site.use(express.static(client, { index: false }));
  site.use((req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD')
      throw new SandboxError('unknown-route', `There is no ${req.method} ${req.path}.`);
    if (!existsSync(page)) throw new SandboxError('not-built', 'The page is not built yet: run npm run build.');
    res.set('cache-control', 'no-cache').sendFile(page);
  });
  site.use(errorAnswers(log, 'This page cannot be shown'));
  return site;
}

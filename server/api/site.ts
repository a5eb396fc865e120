import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { crossSiteGuard, hostGuard } from './guard.ts';
import { sandboxHosts } from './ownBrowser/sandboxHosts.ts';
import { Refused, refusals, refuse } from './refusals.ts';
import { type ApiSettings, api } from './routes.ts';

export interface SiteSettings extends ApiSettings {
  /** Folder of the built client. */
  client: string;
  log: (error: unknown) => void;
}

/** The server a learner talks to: the built page and the API behind it. */
export function createSite({ host, client, log, ...settings }: SiteSettings): Express {
  const site = express();
  site.disable('x-powered-by');
  // First of all: what answers there is the sandbox's app, with its own headers and no other.
  site.use(sandboxHosts({ sandboxes: settings.sandboxes, host, log }));
  site.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          // The component library sets styles on elements; scripts come from files only.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // Served on loopback over plain http.
      strictTransportSecurity: false,
    }),
  );
  site.use(hostGuard(host));
  site.use('/api', crossSiteGuard(), api({ ...settings, host }));

  const page = join(client, 'index.html');
  // Vite names its files by their content, so they may be kept for ever; the page that names them may not.
  site.use('/assets', express.static(join(client, 'assets'), { immutable: true, maxAge: '1y' }), () => {
    throw new Refused(404, 'unknown-file', 'The page has no such file any more: load the page again.');
  });
  site.use(express.static(client, { index: false }));
  site.use((req, res) => {
    if (req.method !== 'GET' && req.method !== 'HEAD')
      throw new Refused(404, 'unknown-route', `There is no ${req.method} ${req.path}.`);
    if (!existsSync(page)) return refuse(res, 503, 'not-built', 'The page is not built yet: run npm run build.');
    res.set('cache-control', 'no-cache').sendFile(page);
  });
  site.use(refusals(log));
  return site;
}

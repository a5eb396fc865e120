import { fileURLToPath } from 'node:url';

/**
 * A plugin for dependency-cruiser. `import source from '../server/app/app.ts?raw'` imports the text of a file, not its code. The
 * resolver ignores the query, so the import would look like any other. This plugin gives it its own target, `app.ts.as-text`.
 * It has the form of a webpack configuration, because dependency-cruiser accepts resolver plugins only there.
 * The name of the package is its source here: what it is built to may not be there.
 */
export default {
  resolve: {
    alias: { 'session-sandbox': fileURLToPath(new URL('../server/exports.ts', import.meta.url)) },
    plugins: [
      {
        apply(resolver) {
          resolver.getHook('resolved').tapAsync('import-as-text', (request, _context, done) => {
            if (request.query !== '?raw') return done();
            done(null, { ...request, path: `${request.path}.as-text`, query: '' });
          });
        },
      },
    ],
  },
};

/**
 * A plugin for dependency-cruiser. `import source from '../server/app/app.ts?raw'` imports the text of a file, not its code. The
 * resolver ignores the query, so the import would look like any other. This plugin gives it its own target, `app.ts.as-text`.
 * It has the form of a webpack configuration, because dependency-cruiser accepts resolver plugins only there.
 */
export default {
  resolve: {
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

/**
 * For dependency-cruiser: `import source from '../server/app/app.ts?raw'` brings in a file's text and none of its code. The
 * resolver forgets the query, so the import would look like any other; here it becomes a target of its own, `app.ts.as-text`.
 * (The shape is that of a webpack configuration, the only one that dependency-cruiser takes a resolver plugin from.)
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

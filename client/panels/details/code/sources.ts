/** The source files of the app and its weaknesses as text. The files that run are the same ones. */

const files = import.meta.glob<string>(
  ['../../../../server/{app,weaknesses}/**/*.ts', '!../../../../server/**/*.test.ts', '!../../../../server/**/*.d.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** The text of each file by its path in the repository, such as `server/app/app.ts`. */
export const sources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/^(?:\.\.\/)+/, ''), text]),
);

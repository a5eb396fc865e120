/** The app's files as text, the very ones that run, by their paths in the repository. Loaded when code is shown, not before. */

const files = import.meta.glob<string>(
  ['../../../../server/{app,weaknesses}/**/*.ts', '!../../../../server/**/*.test.ts', '!../../../../server/**/*.d.ts'],
  { query: '?raw', import: 'default', eager: true },
);

/** `server/app/routes/auth.ts` and what is written there. */
export const sources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.replace(/^(?:\.\.\/)+/, ''), text]),
);

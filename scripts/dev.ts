/**
 * `npm run dev`: the server, started again when one of its files changes, and Vite, which serves the page with hot reload
 * and passes /api on to the server. Ctrl-C ends both; when one ends, so does the other.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { runTogether } from './together.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

const watcher = createRequire(import.meta.url).resolve('tsx/cli');
const server = [watcher, 'watch', '--clear-screen=false', 'server/main.ts'];
const page = ['node_modules/vite/bin/vite.js', '--clearScreen', 'false'];
process.exitCode = await runTogether([server, page], stop.signal);

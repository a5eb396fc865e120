import type { chapters } from '../../scenarios/engine/chapters.ts';

type Chapter = (typeof chapters)[number];
type ReporterName = 'pretty' | 'json' | 'junit' | 'tap' | 'github' | 'markdown' | 'html';
type Reporter = ReporterName | `${ReporterName}=${string}`;

/** What `session-sandbox.config.ts` may say. The command line wins over each of them. Paths are relative to the file. */
export interface Config {
  /** What to play: slugs, chapters and files. Default: all. */
  scenarios?: string[];
  /** Only those whose title, slug, question or synonyms have this text, or match it. */
  grep?: string | RegExp;
  chapter?: Chapter | Chapter[];
  /** Only those that show a requirement: 'V7.2.4', 'WSTG-SESS-03', 'CWE-384'. */
  standard?: string | string[];
  /** One part of several: '1/3'. */
  shard?: `${number}/${number}`;
  redis?: 'mock' | 'real';
  variant?: 'vulnerable' | 'protected' | 'both';
  repair?: string;
  /** At most one without a file, which writes to standard output: ['pretty', 'junit=out.xml']. */
  reporter?: Reporter | Reporter[];
  /** Wait in real time instead of jumping. */
  realTime?: boolean;
  /** From 4 to 15. */
  bcryptCost?: number;
  /** The folder for the trace of each run. */
  trace?: string;
  /** How many runs are played at a time. */
  workers?: number;
  /** Stop after that many scenarios that do not hold; true is 1. */
  bail?: number | boolean;
  /** How often each run is played. */
  repeat?: number;
}

/** Returns the configuration, whose keys and values an editor then completes and checks. */
export const defineConfig = (config: Config): Config => config;

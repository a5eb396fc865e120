/** At most 80 columns wide. */
export const help = `Play the scenarios against real HTTP servers and check what each step asks.

  npm run scenarios -- [slug or file …] [options]

Without a slug, all scenarios are played. A file is a scenario of your own: a
path with a slash or ending in .ts, whose default export is scenario({ … }).

  --redis mock|real        where sessions are stored; real is REDIS_URL, else
                           127.0.0.1:6379, else a redis-server we start  [mock]
  --variant vulnerable|protected|both
                           the shop with the weakness, or without it     [both]
  --reporter pretty|json   a table for people, or one JSON document    [pretty]
  --real-time              really wait where time passes, instead of jumping
  --bcrypt-cost 4…15       how slow password hashes are; answers are the same
                           with every cost                                  [4]
  --trace folder           write the trace of each run there, as a file that
                           the page opens: <slug>.<variant>.trace.json
  --list                   list the scenarios instead of playing them
  --help                   show this

Exit code: 0 everything holds, 1 an ask does not hold, 2 wrong usage,
3 the infrastructure failed (no Redis, no port).

For a script, keep npm itself quiet:
  npm run -s scenarios -- session-fixation --reporter json
`;

/**
 * Returns the replies of a transaction (MULTI and EXEC), in the order of its commands. When one of the commands fails,
 * `exec()` of ioredis does not reject: the error stands beside the reply. A limit whose counter cannot be read would
 * then let everybody through.
 *
 * @param results what `exec()` resolves with. It is null when a key of WATCH has changed, and this app watches none.
 * @throws the error of the first command that failed
 */
export function repliesOf(results: [error: Error | null, reply: unknown][] | null): unknown[] {
  if (results === null) throw new Error('Redis has discarded the transaction.');
  return results.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}

/** What ioredis says when the connection is gone or nobody answers in time. */
const gone = /Stream isn't writeable|Connection is closed|Command timed out|ECONNREFUSED|ECONNRESET/;

/** The same work; when Redis could not be reached, it fails with a sentence for people instead of the client's. */
export async function mustAnswer<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error) || !gone.test(error.message)) throw error;
    throw new Error('Redis does not answer.', { cause: error });
  }
}

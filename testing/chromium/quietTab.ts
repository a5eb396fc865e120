import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** A tab whose scripts run without a user gesture. Playwright's own evaluate() counts as a click, which Sec-Fetch-User tells. */
export interface QuietTab {
  page: Page;
  session: CDPSession;
  /** Runs the function in the page. `clicked`: as if the person had clicked. */
  run<Result, Args extends unknown[]>(
    script: (...args: Args) => Result,
    args: Args,
    clicked?: boolean,
  ): Promise<Awaited<Result>>;
}

export async function openQuietTab(context: BrowserContext): Promise<QuietTab> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  return {
    page,
    session,
    async run(script, args, userGesture = false) {
      const expression = `(${script})(...${JSON.stringify(args)})`;
      const options = { userGesture, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, ...options });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
  };
}

/** Why a check ends without a verdict. Each message is one or two sentences for people. */

/** The recipe does not do what it says, or the app cannot be reached: exit code 3, never 0 or 1. */
export class RecipeWrong extends Error {
  override name = 'RecipeWrong';
}

/** The app did not answer, or its certificate is not valid: exit code 3. */
export class NetworkFailed extends Error {
  override name = 'NetworkFailed';
}

/** The check was asked for something that it does not do, such as asking an address that is not yours: exit code 2. */
export class NotAllowed extends Error {
  override name = 'NotAllowed';
}

/** No more requests may be sent. What was not asked by then is not shown. */
export class BudgetSpent extends Error {
  override name = 'BudgetSpent';
}

/** The app stopped doing in the middle what it did before, as a throttle makes it do. The sentence says what. */
export class Hindered extends Error {
  override name = 'Hindered';
}

/** Returns the words that a sentence may quote of something that was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error && thrown.message !== '' ? thrown.message : String(thrown);

/** What the exit code of the command line says. 130 and its like (128 plus the signal's number) mean that it was interrupted. */
export const exitCodes = {
  everythingHolds: 0,
  somethingDoesNotHold: 1,
  wrongUsage: 2,
  infrastructureFailed: 3,
} as const;

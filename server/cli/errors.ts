import { asError } from '../../scenarios/engine/errors.ts';

/** 130 and the like (128 plus the number of the signal) mean that the run was interrupted. */
export const exitCodes = {
  everythingHolds: 0,
  somethingDoesNotHold: 1,
  wrongUsage: 2,
  infrastructureFailed: 3,
} as const;

/** Thrown when nothing more can be played. The message is a sentence for people. */
export abstract class Stopped extends Error {
  abstract readonly exitCode: number;
  /** More lines: what to do about it. */
  readonly advice: readonly string[] = [];
}

/** Thrown for options and scenarios that cannot be played. The message says which value is wrong and what is valid. */
export class WrongUsage extends Stopped {
  override name = 'WrongUsage';
  readonly exitCode = exitCodes.wrongUsage;
}

/** Thrown when Redis or the network failed, so that the run says nothing about the scenarios. */
export class InfrastructureFailed extends Stopped {
  override name = 'InfrastructureFailed';
  readonly exitCode = exitCodes.infrastructureFailed;
  override readonly advice: readonly string[];

  constructor(message: string, advice: readonly string[] = []) {
    super(message);
    this.advice = advice;
  }
}

/** As many scenarios do not hold as `--bail` allows. */
export class Bailed extends Stopped {
  override name = 'Bailed';
  readonly exitCode = exitCodes.somethingDoesNotHold;

  constructor(failed: number) {
    super(
      `Stopped by --bail: ${failed} ${failed === 1 ? 'scenario does' : 'scenarios do'} not hold, and the rest was not played.`,
    );
  }
}

/** A signal ended the run. */
export class Interrupted extends Stopped {
  override name = 'Interrupted';
  readonly exitCode: number;

  constructor(signal: string, number: number) {
    super(`Interrupted (${signal}).`);
    this.exitCode = 128 + number;
  }
}

/** An error that no step waits for: of a promise that was not awaited, of a timer, or of the sandbox itself. */
export class FailedOutside extends Stopped {
  override name = 'FailedOutside';
  readonly exitCode = exitCodes.somethingDoesNotHold;
  override readonly advice: readonly string[];

  constructor(error: unknown) {
    super(`An error occurred outside of every step: ${asError(error).message}`);
    this.advice = [
      'Nothing of an act may go on after it: await each promise, and let no timer throw. If nothing of yours does, this is a bug of Session Sandbox:',
      ...(error instanceof Error && error.stack ? [error.stack] : []),
    ];
  }
}

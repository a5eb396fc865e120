import { asError } from '../../scenarios/engine/errors.ts';
import { exitCodes } from './exitCodes.ts';

/** Why nothing more is played: a sentence for people, and the exit code that goes with it. */
export abstract class Stopped extends Error {
  abstract readonly exitCode: number;
  /** Further sentences: what to do about it. */
  readonly advice: readonly string[] = [];
}

/** What was asked for cannot be played. The message says which value is wrong and what is right. */
export class WrongUsage extends Stopped {
  override name = 'WrongUsage';
  readonly exitCode = exitCodes.wrongUsage;
}

/** What the scenarios stand on failed, so nothing can be said about them: no Redis, or no port. */
export class InfrastructureFailed extends Stopped {
  override name = 'InfrastructureFailed';
  readonly exitCode = exitCodes.infrastructureFailed;
  override readonly advice: readonly string[];

  constructor(message: string, advice: readonly string[] = []) {
    super(message);
    this.advice = advice;
  }
}

/** Somebody ended us. */
export class Interrupted extends Stopped {
  override name = 'Interrupted';
  /** 128 plus the number of the signal, as shells count. */
  readonly exitCode: number;

  constructor(signal: string, number: number) {
    super(`Interrupted (${signal}).`);
    this.exitCode = 128 + number;
  }
}

/** Something failed that no step waits for: a promise that was dropped, a timer, or a mistake of ours. */
export class FailedOutside extends Stopped {
  override name = 'FailedOutside';
  readonly exitCode = exitCodes.somethingDoesNotHold;
  override readonly advice: readonly string[];

  constructor(error: unknown) {
    super(`Something failed outside of every step: ${asError(error).message}`);
    this.advice = [
      'An act must return or await what it starts. If yours do, this is a mistake of ours:',
      ...(error instanceof Error && error.stack ? [error.stack] : []),
    ];
  }
}

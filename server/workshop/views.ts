/** What each role sees of a workshop. Who answered what is in none of it. */
import type { Variant } from '../../scenarios/engine/trace.ts';
import type { ParticipantView, RoomQuestion, RoomView } from '../../scenarios/engine/workshop.ts';
import { currentQuestion, type Question, type WorkshopState } from './state.ts';

/** What is known of the room besides its state. */
interface Place {
  code: string;
  address: string;
  driven: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

export function roomView(state: WorkshopState, { code, address, driven, now }: Place): RoomView {
  const { participants, screen, shown, timer, over } = state;
  const question = currentQuestion(state);
  return {
    code,
    address,
    arrived: participants.size,
    here: present(state).length,
    screen,
    driven,
    shown,
    question: question && questionView(state, question),
    readyCheck: state.readyCheck ? readyCheckView(state) : null,
    timer: timer && ('left' in timer ? { left: timer.left, runs: false } : { left: timer.endsAt - now, runs: true }),
    over,
  };
}

const present = ({ participants }: WorkshopState) => [...participants].filter(([, { pages }]) => pages > 0);

function readyCheckView(state: WorkshopState): RoomView['readyCheck'] {
  const here = present(state);
  return { notYet: here.filter(([, { ready }]) => !ready).length, of: here.length };
}

function questionView(state: WorkshopState, question: Question): RoomQuestion {
  const { answers, phase, id, scenario, step, question: text, choices, variants } = question;
  const asked = new Set([...present(state).map(([id]) => id), ...answers.keys()]);
  return {
    ...{ id, scenario, step, question: text, choices, variants, phase },
    answered: [...answers.keys()].filter((participant) => hasAnswered(question, participant)).length,
    of: asked.size,
    counts: phase === 'revealed' || phase === 'played' ? countsOf(question) : null,
  };
}

/** Whether a participant has answered for every variant. */
export function hasAnswered({ answers, variants }: Question, participant: string): boolean {
  const given = answers.get(participant);
  return given !== undefined && variants.every((variant) => given[variant] !== undefined);
}

/** Returns how often each choice was given, by variant. An answer counts when it is complete, so each variant adds up to who has answered. */
export function countsOf(question: Question): Partial<Record<Variant, number[]>> {
  const { answers, variants, choices } = question;
  const given = [...answers].flatMap(([participant, answer]) => (hasAnswered(question, participant) ? [answer] : []));
  return Object.fromEntries(
    variants.map((variant) => [
      variant,
      choices.map((_, choice) => given.filter((answer) => answer[variant] === choice).length),
    ]),
  );
}

/** @returns undefined for somebody who has not entered */
export function participantView(state: WorkshopState, id: string): ParticipantView | undefined {
  const participant = state.participants.get(id);
  if (!participant) return undefined;
  const { handle, ready } = participant;
  return { handle, ready, answers: currentQuestion(state)?.answers.get(id) ?? {}, resets: state.resets };
}

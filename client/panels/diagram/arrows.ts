/**
 * The model of the diagram: what happened, as lanes and as arrows between them, step by step. Pure; knows nothing of pixels.
 */
import { actorsIn } from '../../../scenarios/engine/identity.ts';
import type { View } from '../../../scenarios/engine/read.ts';
import type { ActorOutline, TraceEvent } from '../../../scenarios/engine/trace.ts';
import { actorColor } from '../../ui/Badge.tsx';
import { type Answerers, answererLabel, answerersOf } from './answerers.ts';
import { createTeller, type Item } from './items.ts';

export interface Lane {
  /** `answerer`: who answers requests, which is Express, its other instances, a cache or another site. */
  kind: 'actor' | 'answerer' | 'store';
  label: string;
  /** The end of the names of its colours: `attacker` for --actor-attacker. Empty for what is not an actor. */
  tone: string;
}

/** The items of one step, or of the time between two steps (`step` is null then). */
export interface Group {
  step: number | null;
  title: string;
  /** It belongs to the step being looked at, or happened after it. */
  current: boolean;
  items: Item[];
}

export interface Story {
  lanes: Lane[];
  groups: Group[];
  /** The step that would be played next, of which nothing but its title is known. */
  next: { step: number; title: string } | null;
}

/** The story of the first `view.position` events. */
export function tellStory(view: View, events: readonly TraceEvent[], sids: readonly string[]): Story {
  const { scenario, namespace } = view.header;
  // Those who join later as well: a lane that comes and goes while one steps back and forth would move all the others.
  const actors = actorsIn(view.header, events);
  const past = events.slice(0, view.position);
  const answerers = answerersOf(events);
  const tell = createTeller(actors, answerers, { namespace, sids }, view.header, past);
  const groups: Group[] = [];
  let running: number | null = null;
  for (const event of past) {
    if (event.type === 'step-started') running = event.step;
    const item = tell(event);
    // What is done by hand while a step is being played belongs to no step, but stands where it happened.
    const step = event.step ?? running;
    if (event.type === 'step-ended') running = null;
    if (!item && event.type !== 'step-started') continue;
    if (groups.length === 0 || groups.at(-1)!.step !== step)
      groups.push({ step, title: titleOf(step), current: false, items: [] });
    if (item) groups.at(-1)!.items.push(item);
  }
  const next = (view.step ?? -1) + 1;
  const outline = scenario.steps[next];
  return {
    lanes: lanesOf(actors, answerers),
    groups: groups.map((group, index) => ({ ...group, current: isCurrent(group, index) })),
    next: outline ? { step: next, title: outline.title } : null,
  };

  function titleOf(step: number | null): string {
    if (step !== null) return scenario.steps[step]!.title;
    if (groups.length === 0) return 'Before the first step';
    return groups.at(-1)!.step === scenario.steps.length - 1 ? 'After the last step' : 'Between steps';
  }

  function isCurrent({ step }: Group, index: number): boolean {
    return step === null ? index === groups.length - 1 : step === view.step;
  }
}

/** One lane per actor, then those who answer, then Redis. */
export function lanesOf(actors: readonly ActorOutline[], { names }: Answerers): Lane[] {
  return [
    ...actors.map((actor): Lane => ({ kind: 'actor', label: actor.label, tone: actorColor(actor, actors) })),
    ...names.map((name): Lane => ({ kind: 'answerer', label: answererLabel(name), tone: '' })),
    { kind: 'store', label: 'Redis', tone: '' },
  ];
}

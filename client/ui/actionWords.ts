/** What was done by hand, in words. Pure. */
import type { HandAction } from '../../scenarios/engine/hand.ts';
import { span } from './spans.ts';

/**
 * A sentence without its full stop: "jump 30 min", "delete sess:3f…".
 * @param bare a key without the sandbox's namespace
 * @param who an actor's name as people read it
 */
export function handWords(action: HandAction, bare: (key: string) => string, who: (actor: string) => string): string {
  switch (action.do) {
    case 'jump-time':
      return `jump ${span(action.ms)}`;
    case 'delete-key':
      return `delete ${bare(action.key)}`;
    case 'set-key':
      return `write ${bare(action.key)}`;
    case 'expire-key':
      return action.ms === null
        ? `let ${bare(action.key)} live for ever`
        : `let ${bare(action.key)} live ${span(action.ms)}`;
    case 'redis':
      return `redis> ${action.line}`;
    case 'request':
      return `${who(action.actor)} sends ${action.method} ${action.url}`;
    case 'edit-cookie':
      return `edit ${action.name} in ${who(action.actor)}’s browser`;
    case 'delete-cookie':
      return `delete ${action.name} in ${who(action.actor)}’s browser`;
    case 'copy-cookie':
      return `copy ${action.name} from ${who(action.from)} to ${who(action.actor)}`;
    case 'session-options':
      return `session options: ${Object.entries(action.change)
        .map(([name, value]) => `${name} ${value ?? 'left out'}`)
        .join(', ')}`;
  }
}

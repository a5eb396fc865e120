/** The selected request as curl, where there is something to send it to. */

import type { OpenedSandbox } from '../../../../scenarios/engine/api.ts';
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { Player } from '../../../player/player.ts';
import type { Comparison } from '../../../player/players.ts';
import { isComparison } from '../../../player/players.ts';
import { type PlayerState, selectedExchange, viewOf } from '../../../player/state.ts';
import { confirm } from '../../../ui/confirmed.ts';
import { copyText } from '../../../ui/copyText.ts';
import { type CurlCommand, curlCommand } from './curl.ts';

/** The command; or, as a sentence, why there is none. */
export function curlFor(exchange: Exchange | null, { status, sandbox }: PlayerState): CurlCommand | string {
  if (status === 'recorded') {
    return 'This is a recorded trace: the sandbox it was played in is gone, and with it the app that a command could reach.';
  }
  if (status === 'ended' || !sandbox) return 'The sandbox is gone, and with it the app that a command could reach.';
  if (!exchange) return 'This moment has no request.';
  const { request, response } = exchange;
  const { host, origin } = new URL(request.url);
  const { ports } = sandbox;
  // Whoever answered; where nobody has, or a cache did, whoever the address belongs to.
  const port = ports[response?.by ?? ''] ?? ports[origin] ?? ports[host] ?? ports.app;
  if (port === undefined) return 'Nothing of this sandbox listens where this request went.';
  return curlCommand(request, port, passwordOf(exchange, sandbox));
}

/**
 * The password that a login must have been sent with: it was answered as one with the right password, and whose that is stands
 * in its body. null where it is not known: what was masked may have been a guess.
 */
function passwordOf({ request, response }: Exchange, { accounts }: OpenedSandbox): string | null {
  if (!request.url.endsWith('/auth/login') || response?.status !== 200) return null;
  return accounts.find(({ email }) => request.body?.includes(`"email":"${email}"`))?.password ?? null;
}

/** Copy the selected request as a command, and say so; where both variants are shown, that of the vulnerable side. */
export function copyCurl(player: Player | Comparison): void {
  const both = isComparison(player);
  const state = (both ? player.sides.vulnerable : player).store.getState();
  const view = viewOf(state);
  const command = curlFor(view && selectedExchange(view, state.selected), state);
  if (typeof command === 'string') confirm(command, 'wrong');
  else copyText(command.text, `${both ? 'The request of the vulnerable side. ' : ''}${copiedSentence(command)}`);
}

export const copiedSentence = ({ variables }: CurlCommand) =>
  variables.length === 0
    ? 'Copied as curl, for a terminal on this machine.'
    : `Copied as curl. Set ${variables.join(' and ')} in the terminal first: the trace masks passwords.`;

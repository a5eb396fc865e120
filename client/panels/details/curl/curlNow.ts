/** The selected request as curl, where there is something to send it to. */
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { Player } from '../../../player/player.ts';
import { type PlayerState, selectedExchange, viewOf } from '../../../player/state.ts';
import { confirm } from '../../../take/confirmed.ts';
import { copyText } from '../../../take/copyText.ts';
import { type CurlCommand, curlCommand } from './curl.ts';

/** The command; or, as a sentence, why there is none. */
export function curlFor(exchange: Exchange | null, { status, sandbox }: PlayerState): CurlCommand | string {
  if (status === 'recorded') {
    return 'This is a recorded trace: the sandbox it was played in is gone, and with it the app that a command could reach.';
  }
  if (status === 'gone' || !sandbox) return 'The sandbox is gone, and with it the app that a command could reach.';
  if (!exchange) return 'This moment has no request.';
  const { request, response } = exchange;
  const { host, origin } = new URL(request.url);
  const { ports } = sandbox;
  // Whoever answered; where nobody has, or a cache did, whoever the address belongs to.
  const port = ports[response?.by ?? ''] ?? ports[origin] ?? ports[host] ?? ports.app;
  if (port === undefined) return 'Nothing of this sandbox listens where this request went.';
  return curlCommand(request, port);
}

/** Copy the selected request as a command, and say so. */
export function copyCurl(player: Player): void {
  const state = player.store.getState();
  const view = viewOf(state);
  const command = curlFor(view && selectedExchange(view, state.selected), state);
  if (typeof command === 'string') confirm(command, 'wrong');
  else copyText(command.text, copiedSentence(command));
}

export const copiedSentence = ({ variables }: CurlCommand) =>
  variables.length === 0
    ? 'Copied as curl, for a terminal on this machine.'
    : `Copied as curl. Set ${variables.join(' and ')} in the terminal first: the trace masks passwords.`;

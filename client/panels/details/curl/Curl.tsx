import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { OpenedSandbox } from '../../../../scenarios/engine/api.ts';
import type { Exchange } from '../../../../scenarios/engine/read.ts';
import type { Player } from '../../../player/player.ts';
import { type Comparison, isComparison } from '../../../player/players.ts';
import { type PlayerState, selectedExchange, viewOf } from '../../../player/state.ts';
import { usePlayerState } from '../../../player/usePlayer.ts';
import { confirm } from '../../../ui/Confirmation.tsx';
import { copyText } from '../../../ui/saveText.ts';
import type { RequestMoment } from '../detailsState.ts';
import { ScrollRegion } from '../ScrollRegion.tsx';
import './Curl.css';
import { type CurlCommand, curlCommand } from './curlCommand.ts';

/** The request as a command that sends it again from a terminal, as long as the sandbox exists. */
export function Curl({ exchange }: RequestMoment) {
  const state = usePlayerState((all) => all);
  const command = curlFor(exchange, state);
  if (typeof command === 'string') return <p className="panel-empty details-empty">{command}</p>;
  const { text, variables } = command;
  return (
    <ScrollRegion name="curl" className="curl">
      {variables.length > 0 && (
        <p className="curl-masked">
          The trace masks passwords. Before you run this command, set{' '}
          <code>{variables.map((name) => `${name}='…'`).join(' ')}</code>. The passwords of the users are in
          server/app/db.ts.
        </p>
      )}
      <div className="curl-command">
        <pre>{text}</pre>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={13} />}
          onClick={() => copyText(text, copiedSentence(command))}
        >
          Copy
        </Button>
      </div>
      <p className="curl-note">
        For a shell on this machine (on Windows: Git Bash or WSL), as long as this sandbox exists. The command goes
        straight to the app, with the headers that the reverse proxy adds. Its effects on Redis appear on this page.
      </p>
    </ScrollRegion>
  );
}

/** Copies the selected request as a command, and confirms it. When both variants are shown, copies that of the vulnerable one. */
export function copyCurl(player: Player | Comparison): void {
  const both = isComparison(player);
  const state = (both ? player.sides.vulnerable : player).store.getState();
  const view = viewOf(state);
  const command = curlFor(view && selectedExchange(view, state.selected), state);
  if (typeof command === 'string') confirm(command);
  else copyText(command.text, `${both ? 'The request of the vulnerable app. ' : ''}${copiedSentence(command)}`);
}

/** Returns the command, or a sentence that says why there is none. */
export function curlFor(exchange: Exchange | null, { status, sandbox }: PlayerState): CurlCommand | string {
  if (status === 'ended' || !sandbox) return 'This sandbox no longer exists, so no app could answer a command.';
  if (!exchange) return 'There is no request at this moment.';
  const { request, response } = exchange;
  const { host, origin } = new URL(request.url);
  const { ports } = sandbox;
  // The one that answered. For a request without an answer, or one that the cache answered: the one at that address.
  const port = ports[response?.by ?? ''] ?? ports[origin] ?? ports[host] ?? ports.app;
  if (port === undefined) return 'Nothing in this sandbox listens at the address of this request.';
  return curlCommand(request, port, passwordOf(exchange, sandbox));
}

/**
 * Returns the password of a login. It is known when the login succeeded, because the body says whose account it was. Otherwise
 * returns null, since the masked password may have been wrong.
 */
function passwordOf({ request, response }: Exchange, { accounts }: OpenedSandbox): string | null {
  if (!request.url.endsWith('/auth/login') || response?.status !== 200) return null;
  return accounts.find(({ email }) => request.body?.includes(`"email":"${email}"`))?.password ?? null;
}

const copiedSentence = ({ variables }: CurlCommand) =>
  variables.length === 0
    ? 'Copied as curl, for a terminal on this machine.'
    : `Copied as curl. Set ${variables.join(' and ')} in the terminal first, because the trace masks passwords.`;

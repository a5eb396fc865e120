import type { Run } from './command.ts';
import { CommandError, ok } from './protocol.ts';
import type { MockServer } from './shared.ts';
import { notInMock } from './table.ts';

/** The commands about a connection and the server. @param id the number of the connection */
export function connectionCommands(server: MockServer, id: number): Record<string, Run> {
  let name: string | null = null;
  return {
    quit: () => ok,
    select(_, [index]) {
      if (!/^\d+$/.test(index ?? '')) throw new CommandError('ERR invalid DB index');
      if (Number(index) !== 0) throw new CommandError('ERR The mock has one database; switch to a real Redis.');
      return ok;
    },
    client(_, [kind = '', value = '']) {
      switch (kind.toUpperCase()) {
        case 'ID':
          return id;
        case 'GETNAME':
          return name;
        case 'SETNAME':
          name = value === '' ? null : value;
          return ok;
        default:
          throw notInMock(`CLIENT ${kind.toUpperCase()}`);
      }
    },
    info: () =>
      ['# Server', 'redis_version:7.0.0', 'redis_mode:standalone', 'loading:0', 'role:master', ''].join('\r\n'),
    publish: (_, [channel = '', message = '']) => server.channels.publish(channel, message),
    pubsub(_, [kind = '', ...names]) {
      switch (kind.toUpperCase()) {
        case 'CHANNELS':
          return server.channels.names(names[0]);
        case 'NUMSUB':
          return names.flatMap((channel) => [channel, server.channels.count(channel)]);
        case 'NUMPAT':
          return server.channels.patternCount();
        default:
          throw notInMock(`PUBSUB ${kind.toUpperCase()}`);
      }
    },
  };
}

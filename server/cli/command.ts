/** Commands of commander that say what is valid, and that leave the process alone. */
import { Command, type CommanderError, type Option } from 'commander';
import { WrongUsage } from './errors.ts';
import { didYouMean } from './words.ts';

/** Thrown when the help or the version was printed, and nothing is left to do. */
export class Printed extends Error {
  override name = 'Printed';
}

/** Columns. Help is read in a terminal of the usual width. */
const helpWidth = 80;

/** Returns a command that writes its help, and throws WrongUsage or Printed instead of exiting. */
export function newCommand(name: string, { write }: { write: (text: string) => void }): Command {
  const command: Command = new Command(name)
    .helpOption('-h, --help', 'show this help')
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: write, writeErr: () => {}, outputError: () => {} })
    .configureHelp({ helpWidth, optionDescription: ({ description }) => description })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? new Printed() : new WrongUsage(sentence(command, error));
    });
  return command;
}

/** Returns what is wrong and what is valid, in one line. */
function sentence(command: Command, { code, message }: CommanderError): string {
  // Commander has no other place for what was typed.
  const [, quoted = ''] = /'(.*)'/s.exec(message) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      return unknownOption(command, quoted);
    case 'commander.optionMissingArgument':
      return `${nameOf(quoted)} needs a value. ${adviceFor(command, quoted)}`.trimEnd();
    case 'commander.missingArgument':
      return `${command.name()} needs a <${quoted}>. Its usage is: ${usage(command)}`;
    case 'commander.excessArguments':
      return `Too many words. The usage is: ${usage(command)}`;
    default:
      return message.replace(/^error: /, '');
  }
}

function unknownOption(command: Command, typed: string): string {
  const [name = '', ...value] = typed.split('=');
  if (value.length > 0 && command.options.some(({ long }) => long === name)) {
    return `${name} takes no value; it got "${value.join('=')}".`;
  }
  const names = [...command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? ''), '--help'];
  return `There is no option ${name}.${didYouMean(name, names)} The options are ${names.join(', ')}.`;
}

const nameOf = (flags: string) => flags.split(' ')[0]!;

const usage = (command: Command) => [command.parent?.name(), command.name(), command.usage()].filter(Boolean).join(' ');

const advices = new WeakMap<Option, string>();

/** Keeps which values an option accepts, for the sentence that says that its value is missing. */
export function advise(option: Option, advice: string): Option {
  advices.set(option, advice);
  return option;
}

function adviceFor(command: Command, flags: string): string {
  const option = command.options.find((one) => one.flags === flags);
  return (option && advices.get(option)) ?? '';
}

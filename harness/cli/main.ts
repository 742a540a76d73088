import { Command, CommanderError } from 'commander';
import { UsageError } from '../model/errors.ts';
import { EXIT } from './exit.ts';
import { VERBS } from './verbs.ts';

/**
 * The `hangup` command. Each verb's code is loaded only when it is called, so that `--help` answers at once.
 * Returns the exit code.
 */
export async function main(words: readonly string[]): Promise<number> {
  let code: number = EXIT.pass;
  const program = new Command('hangup')
    .description(
      'Calls a voice agent with synthetic callers, measures what a person would have felt, and gates the release.',
    )
    .version('0.1.0')
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  for (const verb of VERBS) {
    const command = new Command(verb.usage.split(' ')[0]).description(verb.summary).exitOverride();
    for (const word of verb.usage.split(' ').slice(1)) command.argument(word);
    for (const [flags, says] of verb.options) command.option(flags, says);
    command.addHelpText('after', `\nExamples:\n${verb.examples.map((line) => `  ${line}`).join('\n')}`);
    command.action(async (...given: unknown[]) => {
      const args = given.slice(0, -2);
      const options = given.at(-2) as Record<string, unknown>;
      const { run } = await verb.load();
      code = await run(args as (string | string[] | undefined)[], options);
    });
    program.addCommand(command);
  }
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
    if (error instanceof UsageError) {
      process.stderr.write(`hangup: ${error.message}\n`);
      return EXIT.usage;
    }
    throw error;
  }
}

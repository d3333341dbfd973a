import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AdministrationError } from '../access/administration.ts';
import { ConfigError, shown } from '../config.ts';
import { DatabaseError, DatabaseUnavailableError } from '../database/errors.ts';
import type { Micros } from '../database/tables.ts';
import { ROLES } from '../database/tables.ts';
import { parseUuid } from '../encoding/uuid.ts';
import { ManifestError } from '../graphql/execution/trusted-documents.ts';
import { clockTime, DAY, isExact, parseTime } from '../model/time.ts';
import { PACKAGE_ROOT } from '../package-root.ts';
import { SnapshotError } from '../snapshot/format.ts';
import { codeOf } from '../thrown.ts';
import { CommandError } from './command-error.ts';
import { oneLine } from './one-line.ts';
import { print } from './print.ts';

/**
 * Runs the command that the arguments name. An expected error is printed in one line and sets exit code 1. Any other
 * error is a bug and is thrown.
 */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has already printed the error or the help.
      process.exitCode = error.exitCode;
      return;
    }
    fail(error);
  }
}

/** Prints an expected error in one line, and sets exit code 1. Throws every other error again. */
function fail(error: unknown): void {
  if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
  console.error(`campaigns: ${oneLine((error as Error).message)}${placeOf(error)}`);
  process.exitCode = 1;
}

/**
 * A sentence with the address of a database server that cannot be used, and the code of the system's or the server's error, if there is
 * one. Empty for other errors. Answers to requests never contain it.
 */
function placeOf(error: unknown): string {
  const url = process.env['DATABASE_URL']?.trim() ?? '';
  if (!(error instanceof DatabaseUnavailableError) || !url.startsWith('postgres')) return '';
  const code = codeOf(error.cause);
  return ` DATABASE_URL is "${shown('DATABASE_URL', url)}"${code === undefined ? '' : ` (${code})`}.`;
}

/** Errors that a person can correct. */
const EXPECTED = [CommandError, ConfigError, DatabaseError, SnapshotError, AdministrationError, ManifestError];

/**
 * The commands. Each imports its modules when it runs, because loading the modules of all commands would slow every
 * start.
 */
function program(): Command {
  const campaigns = new Command('campaigns')
    .description(
      'Campaigns over GraphQL and REST v2, from one process. Settings come from the environment: see the README.',
    )
    .version(packageVersion())
    .configureOutput({ writeOut: (text) => void print(text.replace(/\n$/, '')).catch(fail) })
    .showSuggestionAfterError()
    .exitOverride();

  campaigns
    .command('serve')
    .description('brings the database up to date and serves')
    .option('--demo', 'fill an empty database with a small workspace, and print a token for it')
    .option('--upstream <url>', 'serve in front of a live account; UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE has its token')
    .action(async (options) => (await import('./serve.ts')).serve(options));
  campaigns
    .command('migrate')
    .description('brings the database up to date, and says what it did')
    .action(async () => (await import('./migrate.ts')).migrate());
  campaigns
    .command('load')
    .description('reads a snapshot into an empty database: all of it, or nothing')
    .argument('<file>', 'the snapshot; - for standard input')
    .action(async (file) => (await import('./snapshot.ts')).load(file));
  campaigns
    .command('import')
    .description(
      'reads a live account into an empty database, once; UPSTREAM_TOKEN or UPSTREAM_TOKEN_FILE has its token',
    )
    .option('--from <url>', 'the server of the account, such as https://textit.com')
    .action(async (options) => (await import('./import.ts')).importAccounts(options));
  campaigns
    .command('dump')
    .description('writes the whole database as a snapshot, which load reads')
    .argument('<file>', 'where to write it; - for standard output')
    .action(async (file) => (await import('./snapshot.ts')).dump(file));
  campaigns
    .command('backup')
    .description('copies the database to a new file, also while a server uses it')
    .argument('<file>', 'where to put the copy; it must not exist yet')
    .action(async (file) => (await import('./backup.ts')).backup(file));
  campaigns
    .command('check')
    .description('says whether a database is sound: prints each problem, and exits with 1 when there is one')
    .argument('[file]', 'the database file; without it, the one that DATABASE_URL names')
    .action(async (file) => (await import('./check.ts')).check(file));

  const workspace = campaigns.command('workspace').description('administers workspaces');
  workspace
    .command('create')
    .description('creates a workspace and prints its UUID')
    .argument('<name>', 'what it is called')
    .action(async (name) => (await import('./administration.ts')).createWorkspaceCommand(name));
  workspace
    .command('list')
    .description('shows all workspaces with their UUIDs, which --workspace takes')
    .action(async () => (await import('./administration.ts')).listWorkspacesCommand());

  addTokenCommands(campaigns);

  campaigns
    .command('upstream')
    .description('administers the live accounts that workspaces are a mirror of')
    .command('accept')
    .description(
      'confirms that what has disappeared from an account is gone, when so much has that the mirror is paused',
    )
    .requiredOption('--workspace <name or uuid>', 'which workspace')
    .action(async (options) => (await import('./upstream.ts')).acceptUpstreamCommand(options));

  addWebhookCommands(campaigns);
  // Commander's own `help` reads one name alone: of `help token create` it would show the help of `token`.
  campaigns
    .command('help')
    .description('shows the help of a command')
    .argument('[command...]', 'such as token create')
    .action((names: string[]) => names.reduce(commandNamed, campaigns).help());
  nameHelpAfterErrors(campaigns, campaigns.name());
  return campaigns;
}

/** The command of this name within a group. Ends with an error when there is none. */
function commandNamed(group: Command, name: string): Command {
  return group.commands.find((command) => command.name() === name) ?? group.error(`error: unknown command '${name}'`);
}

/** Makes the message about wrong arguments of a command name the help of that command, and not the help of the program. */
function nameHelpAfterErrors(command: Command, path: string): void {
  const shown = command.commands.length > 0 ? 'the commands' : 'what it takes';
  command.showHelpAfterError(`(${path} --help shows ${shown})`);
  for (const child of command.commands) nameHelpAfterErrors(child, `${path} ${child.name()}`);
}

function addTokenCommands(campaigns: Command): void {
  const token = campaigns.command('token').description('administers API tokens');
  token
    .command('create')
    .description('gives a user a role in a workspace, and prints a token for it, once')
    .requiredOption('--workspace <name or uuid>', 'which workspace')
    .requiredOption('--email <address>', 'the user of the token; created if there is none')
    .addOption(new Option('--role <role>', 'what the user may do').choices(ROLES).makeOptionMandatory())
    .option('--name <text>', 'what the token is for', nonEmpty, 'API')
    .option('--expires <time>', 'when it stops working: 90d, or a date or time in UTC such as 2027-01-31', expiry)
    .action(async ({ expires = null, ...options }) =>
      (await import('./administration.ts')).createTokenCommand({ ...options, expiresOn: expires }),
    );
  token
    .command('list')
    .description('shows all tokens, without their keys')
    .action(async () => (await import('./administration.ts')).listTokensCommand());
  token
    .command('revoke')
    .description('makes a token useless from the next request on')
    .argument('[token]', 'its number in the list, its key, or - for a key from standard input')
    .option('--name <text>', 'what the token is for, instead of a number or key')
    .option('--workspace <name or uuid>', 'the workspace of the token that --name names')
    .action(async (token, options) => (await import('./administration.ts')).revokeTokenCommand(token, options));
}

function addWebhookCommands(campaigns: Command): void {
  const webhook = campaigns.command('webhook').description('administers webhooks, which are told of each change');
  const ofWebhook = (name: string, description: string): Command =>
    webhook.command(name).description(description).requiredOption('--workspace <name or uuid>', 'which workspace');
  const commands = () => import('./webhooks.ts');
  ofWebhook('create', 'sends each change from now on to an address, and prints the secret that signs, once')
    .argument('<url>', 'where to send them: https://...')
    .requiredOption('--name <text>', 'what it is called')
    .action(async (url, options) => (await commands()).createWebhookCommand(url, options));
  ofWebhook('list', 'shows the webhooks of a workspace, without their secrets').action(async (options) =>
    (await commands()).listWebhooksCommand(options),
  );
  ofWebhook('update', 'changes a webhook, stops it, or starts it from where it stopped')
    .argument('<uuid>', 'the webhook', uuid)
    .option('--name <text>', 'what it is called')
    .option('--url <url>', 'where to send the changes')
    .option('--enabled', 'start it, and try what has failed at once')
    .option('--no-enabled', 'stop it')
    .action(async (named, options) => (await commands()).updateWebhookCommand(named, options));
  ofWebhook('delete', 'deletes a webhook; what was not sent by then is not sent')
    .argument('<uuid>', 'the webhook', uuid)
    .action(async (named, options) => (await commands()).deleteWebhookCommand(named, options));
  ofWebhook('rotate', 'gives a webhook a new secret and prints it, once')
    .argument('<uuid>', 'the webhook', uuid)
    .action(async (named, options) => (await commands()).rotateWebhookCommand(named, options));
  ofWebhook('replay', 'sends the changes after a revision again, or passes over those before it')
    .argument('<uuid>', 'the webhook', uuid)
    .requiredOption('--after <revision>', 'the revision of the last change that is not sent', revision)
    .action(async (named, options) => (await commands()).replayWebhookCommand(named, options));
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function uuid(value: string): string {
  const parsed = parseUuid(value);
  if (parsed === null) throw new InvalidArgumentError('It is not a UUID. "campaigns webhook list" shows them.');
  return parsed;
}

function revision(value: string): number {
  if (!/^\d{1,15}$/.test(value)) throw new InvalidArgumentError('Give a whole number, 0 or more.');
  return Number(value);
}

function nonEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It cannot be empty.');
  return value;
}

/** Parses the time when a token expires: a number of days from now, a date, or a time. A date means its start in UTC. */
function expiry(value: string): Micros {
  const days = /^([1-9]\d{0,4})d$/.exec(value)?.[1];
  const time = days ? clockTime() + Number(days) * DAY : /^\d{4}-\d\d-\d\d/.test(value) ? parseTime(value) : null;
  if (time === null || !isExact(time))
    throw new InvalidArgumentError('Give days such as 90d, or a date or time such as 2027-01-31.');
  return time;
}

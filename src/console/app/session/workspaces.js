// @ts-check
import { allEntries, forgetEntry, keepEntry, readEntry } from './entries.js';
import { DRAFT_KEY, forgetPresentToken, readEarlierToken, readToken } from './token.js';

/**
 * A workspace to which the user can switch without signing in again. Like the present token, it is in sessionStorage.
 * @typedef {object} KnownWorkspace
 * @property {string} token
 * @property {string} uuid
 * @property {string} name
 * @property {string} email
 */

/** The prefix of the sessionStorage keys of workspaces. The token follows the prefix. */
const PREFIX = 'campaigns.workspace ';
/**
 * The key of the e-mail address of the user whose token was forgotten last; '' means that the server has not told the address. The
 * entry exists until the next user is known.
 */
const LEFT_BY = 'campaigns.left-by';

/**
 * An entry of sessionStorage.
 * @typedef {readonly [key: string, value: string]} StoredWorkspace
 */

/**
 * A workspace that was added in another tab.
 * @typedef {object} AddedWorkspace
 * @property {string} to The token that the user had in that tab before.
 * @property {StoredWorkspace} workspace
 */

/** @returns {StoredWorkspace[]} */
function entries() {
  return allEntries().filter(([key]) => key.startsWith(PREFIX));
}

/**
 * @param {StoredWorkspace} entry
 * @returns {KnownWorkspace}
 */
const parse = ([key, value]) => ({
  token: key.slice(PREFIX.length),
  // Only keepWorkspace creates these values, in this tab or in another one.
  ...JSON.parse(value),
});

/**
 * The workspaces whose tokens this tab has, with the present one, ordered by name. Several tokens of one user give one entry.
 * @returns {KnownWorkspace[]}
 */
export function knownWorkspaces() {
  const present = readToken();
  /** @type {Map<string, KnownWorkspace>} */
  const byUser = new Map();
  for (const workspace of entries().map(parse)) {
    // An earlier build has kept no uuid.
    const user = `${workspace.uuid ?? workspace.token} ${workspace.email}`;
    if (!byUser.has(user) || workspace.token === present) byUser.set(user, workspace);
  }
  return [...byUser.values()].sort((one, other) => one.name.localeCompare(other.name));
}

/**
 * Keeps the present workspace, so that the user can come back to it until they sign out or close the tab. Called
 * whenever the server has said whose the present token is. Returns the workspace if the user has just added it to another one.
 * @param {KnownWorkspace} workspace
 * @returns {AddedWorkspace | undefined}
 */
export function keepWorkspace({ token, uuid, name, email }) {
  // The user may have signed out before the server has answered.
  if (readToken() !== token) return undefined;
  forgetWorkspacesOfOthers(email);
  const [key, value] = [PREFIX + token, JSON.stringify({ uuid, name, email })];
  const isNew = readEntry(key) === null;
  keepEntry(key, value);
  const to = readEarlierToken();
  return isNew && to !== undefined ? { to, workspace: [key, value] } : undefined;
}

/**
 * Forgets a token that is not to be used any more in this tab. The tokens of other workspaces stay.
 * @param {string} token
 */
export function forgetToken(token) {
  const email = knownWorkspaces().find((workspace) => workspace.token === token)?.email ?? '';
  forgetEntry(PREFIX + token);
  if (readToken() !== token) return;
  forgetPresentToken();
  if (entries().length > 0 || readEntry(DRAFT_KEY) !== null) keepEntry(LEFT_BY, email);
}

/**
 * After a token was forgotten, the next user of this computer may be another person, who must not get the workspaces and the draft of
 * the user before. One person can have a different address in each workspace, so all known addresses count as the same
 * person's.
 * @param {string} email
 */
function forgetWorkspacesOfOthers(email) {
  const leftBy = readEntry(LEFT_BY);
  if (leftBy === null) return;
  forgetEntry(LEFT_BY);
  const known = entries().map(parse);
  if (email === leftBy || known.some((workspace) => workspace.email === email)) return;
  for (const { token } of known) forgetEntry(PREFIX + token);
  forgetEntry(DRAFT_KEY);
}

/**
 * The workspaces to share with a new tab. Empty after a token was forgotten, until the user of the next token is known.
 * @returns {StoredWorkspace[]}
 */
export function workspacesToShare() {
  return readEntry(LEFT_BY) === null ? entries() : [];
}

/** Sends `change` when another tab has told of workspaces. That can be after the page has been drawn. */
export const workspacesOfOthers = new EventTarget();

/**
 * Keeps the workspaces of another tab.
 * @param {readonly StoredWorkspace[]} workspaces
 */
export function takeWorkspaces(workspaces) {
  for (const [key, value] of workspaces) keepEntry(key, value);
  workspacesOfOthers.dispatchEvent(new Event('change'));
}

/**
 * Keeps a workspace that was added in another tab, if this tab has the token to which it was added. Otherwise this may be the tab of
 * another person, who must not get the workspace.
 * @param {AddedWorkspace} added
 */
export function takeAddedWorkspace({ to, workspace }) {
  if (readToken() === to || readEntry(PREFIX + to) !== null) takeWorkspaces([workspace]);
}

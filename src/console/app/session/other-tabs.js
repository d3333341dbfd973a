// @ts-check
import { takeAddedWorkspace, takeWorkspaces, workspacesToShare } from './workspaces.js';

/* oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel has one origin only */
/**
 * One sign-in for all tabs. A new tab asks the other tabs for the token, and a tab in which somebody signs in gives its token to the
 * others unasked. A workspace that is added in one tab is known in the others of the same person. Signing out of one tab signs out of
 * all. Only pages of this origin receive the messages, and the browser does not store them.
 * @typedef {{ kind: 'ask' } | Answer | Focus | ({ kind: 'added' } & AddedWorkspace) | { kind: 'signed-out' }} Message
 * @typedef {import('./workspaces.js').AddedWorkspace} AddedWorkspace
 */

/**
 * @typedef {object} Answer
 * @property {'token'} kind
 * @property {string} token
 * @property {number} tab
 * @property {number} lastFocus When the tab had the focus last, in ms since 1970; 0 if it has never had it. Tabs can be in different
 *   workspaces, and a new tab was probably opened from the one that had the focus last.
 * @property {[tab: number, lastFocus: number][]} [others] The same of the other signed-in tabs, as far as the sender knows.
 * @property {import('./workspaces.js').StoredWorkspace[]} [workspaces]
 */

/**
 * Tells when a tab had the focus last. 0 if it has no token, or if its page goes away: no new tab is to wait for its answer.
 * @typedef {{ kind: 'focus', tab: number, lastFocus: number }} Focus
 */

/**
 * @typedef {object} OtherTabs
 * @property {() => void} askForToken
 * @property {() => void} tellSignedIn Gives this tab's token to the tabs that have none, except those that were signed out.
 * @property {(added: AddedWorkspace) => void} tellAdded Gives a workspace that was added in this tab to the others of the same person.
 * @property {() => void} tellSignedOut
 * @property {() => void} close
 */

/**
 * @typedef {object} Handlers
 * @property {() => string | undefined} token This tab's token, which is sent to tabs that ask for it.
 * @property {(token: string) => void} onToken Called while this tab has no token, with the token of the tab that had the focus last.
 *   Takes it, or ignores it. This can be after onNoToken, because the other tab may be busy, or because somebody signs in there only
 *   then.
 * @property {() => void} onNoToken Called when no tab has answered in time.
 * @property {() => void} onSignedOut
 */

/** How long a new tab waits for the first answer of another tab, in ms. */
const FIRST_ANSWER_MS = 300;
/**
 * How long a new tab waits for the answer of the tab that had the focus last, in ms, when another tab has answered. That tab may be busy
 * on a slow machine, and without its answer the new tab would show another workspace.
 */
const LAST_FOCUS_MS = 2000;

/** Names this page in its messages. */
const tab = Math.random();

/**
 * Connects this tab with the other tabs until `close` is called.
 * @param {Handlers} handlers
 * @returns {OtherTabs}
 */
export function connectTabs(handlers) {
  // Without the channel (in old browsers) each tab has its own sign-in.
  if (typeof BroadcastChannel === 'undefined') {
    return { askForToken: handlers.onNoToken, tellSignedIn() {}, tellAdded() {}, tellSignedOut() {}, close() {} };
  }
  const channel = new BroadcastChannel('campaigns.session');
  /** @param {Message} message */
  const send = (message) => channel.postMessage(message);
  /** 0 if this tab has never had the focus. */
  let lastFocus = document.hasFocus() ? Date.now() : 0;
  /**
   * When each of the other tabs had the focus last.
   * @type {Map<number, number>}
   */
  const others = new Map();
  const focusedTabs = () => [...others].filter(([, at]) => at > 0);
  const latestTab = () => focusedTabs().sort(([, one], [, other]) => other - one)[0]?.[0];
  const tellFocus = () => send({ kind: 'focus', tab, lastFocus: handlers.token() === undefined ? 0 : lastFocus });
  const sendToken = () => {
    const token = handlers.token();
    if (token === undefined) return;
    send({ kind: 'token', token, tab, lastFocus, others: focusedTabs(), workspaces: workspacesToShare() });
  };
  const noteFocus = () => {
    if (document.visibilityState !== 'visible') return;
    lastFocus = Date.now();
    tellFocus();
  };
  const leave = () => send({ kind: 'focus', tab, lastFocus: 0 });
  window.addEventListener('focus', noteFocus);
  // Some browsers on telephones send no focus event when the user comes back to a tab.
  document.addEventListener('visibilitychange', noteFocus);
  window.addEventListener('pagehide', leave);
  tellFocus();
  /** @type {Answer[]} The answers that have come while this tab has no token. */
  let answers = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} Undefined when this tab waits for nothing. */
  let timer;
  /** @type {string | undefined} The token that another tab has given to this one. */
  let given;

  /** @param {readonly Answer[]} all */
  const take = (all) => {
    const [newest] = [...all].sort((one, other) => (others.get(other.tab) ?? 0) - (others.get(one.tab) ?? 0));
    if (!newest) return handlers.onNoToken();
    if (handlers.token() === undefined) {
      handlers.onToken(newest.token);
      given = handlers.token();
      tellFocus();
    }
    // A busy tab may answer when this tab already has the token of another one. Then only its workspaces are taken.
    if (given !== undefined && handlers.token() === given) {
      takeWorkspaces(all.flatMap(({ workspaces = [] }) => workspaces));
    }
  };

  const takeCollected = () => {
    clearTimeout(timer);
    timer = undefined;
    const collected = answers;
    answers = [];
    take(collected);
  };

  /** The tab that answers first may have been loaded in the background a moment ago. It knows nothing of the others then. */
  const takeFromLatest = () => {
    const latest = latestTab();
    if (latest !== undefined && answers.some((answer) => answer.tab === latest)) takeCollected();
  };
  const waitForLatest = () => {
    if (latestTab() !== undefined) timer = setTimeout(takeCollected, LAST_FOCUS_MS - FIRST_ANSWER_MS);
    else takeCollected();
  };
  const endFirstWait = () => {
    if (answers.length > 0) return waitForLatest();
    timer = undefined;
    handlers.onNoToken();
  };

  channel.addEventListener('message', (/** @type {MessageEvent<Message>} */ { data }) => {
    switch (data.kind) {
      case 'ask':
        if (handlers.token() === undefined) tellFocus();
        else sendToken();
        break;
      case 'token':
        others.set(data.tab, data.lastFocus);
        // What a tab has told itself is newer.
        for (const [other, at] of data.others ?? []) if (other !== tab && !others.has(other)) others.set(other, at);
        if (handlers.token() !== undefined) {
          take([data]);
          break;
        }
        answers.push(data);
        takeFromLatest();
        if (answers.length > 0 && timer === undefined) waitForLatest();
        break;
      case 'focus':
        others.set(data.tab, data.lastFocus);
        takeFromLatest();
        break;
      case 'added':
        takeAddedWorkspace(data);
        break;
      case 'signed-out':
        answers = [];
        handlers.onSignedOut();
        break;
    }
  });

  return {
    askForToken() {
      timer = setTimeout(endFirstWait, FIRST_ANSWER_MS);
      send({ kind: 'ask' });
    },
    tellSignedIn: sendToken,
    tellAdded: (added) => send({ kind: 'added', ...added }),
    tellSignedOut: () => send({ kind: 'signed-out' }),
    close() {
      clearTimeout(timer);
      window.removeEventListener('focus', noteFocus);
      document.removeEventListener('visibilitychange', noteFocus);
      window.removeEventListener('pagehide', leave);
      channel.close();
    },
  };
}
